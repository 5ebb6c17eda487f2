"""Training never opens a picture of a real person."""

import os
import tempfile
import unittest
from pathlib import Path

from tests.training.fake_shards import write_shard
from tests.training.setup_path import REPOSITORY
from austream_training.commands import main
from austream_training.data.guard import RefusedData, require_synthetic
from austream_training.data.shards import SyntheticPeople


def _shared_media() -> list[Path]:
    candidates = [os.environ.get("AUSTREAM_SHARED", ""), REPOSITORY.parent / "shared", REPOSITORY.parent.parent / "shared"]
    return [Path(folder) / "media" for folder in candidates if folder and (Path(folder) / "media").is_dir()]


class GuardTests(unittest.TestCase):
    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.folder = Path(self._temporary.name)

    def test_a_shard_of_the_generator_is_accepted(self) -> None:
        self.assertEqual(len(SyntheticPeople(write_shard(self.folder / "shard"))), 144)

    def test_a_folder_of_pictures_is_refused(self) -> None:
        (self.folder / "001_03.jpg").write_bytes(b"\xff\xd8\xff")
        with self.assertRaisesRegex(RefusedData, "shard.json"):
            SyntheticPeople(self.folder)

    def test_a_picture_beside_the_arrays_is_refused(self) -> None:
        shard = write_shard(self.folder / "shard", people=2)
        (shard / "001_03.jpg").write_bytes(b"\xff\xd8\xff")
        with self.assertRaisesRegex(RefusedData, "001_03.jpg"):
            require_synthetic(shard)

    def test_a_link_out_of_the_shard_is_refused(self) -> None:
        shard = write_shard(self.folder / "shard", people=2)
        (shard / "crop.npy").rename(self.folder / "elsewhere.npy")
        (shard / "crop.npy").symlink_to(self.folder / "elsewhere.npy")
        with self.assertRaisesRegex(RefusedData, "crop.npy"):
            require_synthetic(shard)

    def test_another_schema_is_refused(self) -> None:
        shard = write_shard(self.folder / "shard", people=2)
        (shard / "shard.json").write_text('{"schema": "photographs/1"}', encoding="utf-8")
        with self.assertRaisesRegex(RefusedData, "photographs/1"):
            require_synthetic(shard)

    def test_another_order_of_action_units_is_refused(self) -> None:
        shard = write_shard(self.folder / "shard", people=2)
        (shard / "shard.json").write_text('{"schema": "austream.shard/1", "action_units": [12, 1]}', encoding="utf-8")
        with self.assertRaisesRegex(RefusedData, "12"):
            SyntheticPeople(shard)

    def test_the_pictures_of_real_people_beside_the_checkout_cannot_be_trained_on(self) -> None:
        media = _shared_media()
        if not media:
            self.skipTest("there is no ../shared/media beside this checkout")
        config = REPOSITORY / "models" / "training" / "configs" / "austream-base.json"
        for root in media:
            for folder in [root, *(entry for entry in root.rglob("*") if entry.is_dir())]:
                with self.subTest(folder=folder):
                    with self.assertRaises(RefusedData):
                        SyntheticPeople(folder)
                    out = str(self.folder / "run")
                    self.assertEqual(main(["train", "--config", str(config), "--data", str(folder), "--out", out]), 1)

    def test_no_command_reads_the_pictures_of_real_people(self) -> None:
        media = _shared_media()
        if not media:
            self.skipTest("there is no ../shared/media beside this checkout")
        run = self.folder / "run"
        zoo = str(REPOSITORY / "models" / "zoo")
        for root in media:
            for command in (
                    ["variants", "--model", "austream-base"], ["compare"], ["significance", "--out", str(run)],
                    ["relations", "--model", "austream-base", "--out", str(run)]):
                with self.subTest(command=command[0], folder=root):
                    self.assertEqual(main([*command, "--data", str(root), "--zoo", zoo]), 1)
            for config in sorted((REPOSITORY / "models" / "training" / "configs").glob("*.json")):
                with self.subTest(configuration=config.stem, folder=root):
                    arguments = ["train", "--config", str(config), "--data", str(root), "--out", str(run), "--teacher", str(run)]
                    self.assertEqual(main(arguments), 1)
        self.assertFalse(run.exists())

    def test_no_module_of_the_package_can_decode_a_picture(self) -> None:
        for module in (REPOSITORY / "models" / "training" / "austream_training").rglob("*.py"):
            source = module.read_text(encoding="utf-8")
            for library in ("PIL", "cv2", "torchvision", "imageio", "skimage"):
                self.assertNotIn(f"import {library}", source, module)
                self.assertNotIn(f"from {library}", source, module)


if __name__ == "__main__":
    unittest.main()
