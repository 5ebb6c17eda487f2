"""Training on a part of the data leaves validation and test people alone."""

import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np

from tests.training.fake_shards import write_shard
from austream_training.data.selection import Selection
from austream_training.data.shards import SyntheticPeople


class SelectionTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, folder)
        write_shard(folder / "a", people=60, pictures=3)
        cls.people = SyntheticPeople(folder)
        # Every other person is of the other source.
        cls.people.source = cls.people.identity % 2

    def test_everything_is_trained_on_unless_stated(self) -> None:
        np.testing.assert_array_equal(Selection().training_rows(self.people), np.flatnonzero(self.people.split == 0))

    def test_a_source_and_a_number_of_people_are_chosen_together(self) -> None:
        rows = Selection(source="makehuman", people=5).training_rows(self.people)
        self.assertTrue((self.people.split[rows] == 0).all())
        self.assertTrue((self.people.source[rows] == 1).all())
        self.assertEqual(len(np.unique(self.people.identity[rows])), 5)
        self.assertEqual(len(rows), 15)

    def test_an_unknown_source_and_an_empty_choice_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "unknown source 'metahuman'; there is ict, makehuman"):
            Selection(source="metahuman").training_rows(self.people)
        with self.assertRaisesRegex(ValueError, "no training picture"):
            Selection(people=0).training_rows(self.people)
