"""Runs an ONNX file in ONNX Runtime: the Python package where there is one, else the library that the C# pipeline uses."""

import ctypes
import os
from pathlib import Path

import numpy as np

# Newer versions upload what they run unless this is set before they are loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_API_VERSION = 17
# Positions in ONNX Runtime's table of functions (onnxruntime_c_api.h), which only ever grows at its end.
_GET_ERROR_MESSAGE, _CREATE_ENV, _CREATE_SESSION_FROM_ARRAY, _RUN, _CREATE_OPTIONS, _SET_THREADS = 2, 3, 8, 9, 10, 24
_CREATE_TENSOR, _TENSOR_DATA, _DIMENSION_COUNT, _DIMENSIONS, _SHAPE_OF, _CPU_MEMORY = 49, 51, 61, 62, 65, 69
_RELEASE_STATUS, _RELEASE_SESSION, _RELEASE_VALUE, _RELEASE_SHAPE, _RELEASE_OPTIONS = 93, 95, 96, 99, 100
_FLOAT = 1


def find_library() -> Path | None:
    """The newest libonnxruntime.so: of AUSTREAM_ONNXRUNTIME, of a build of this repository, or of the NuGet cache."""
    named = os.environ.get("AUSTREAM_ONNXRUNTIME")
    if named:
        return Path(named)
    repository = Path(__file__).resolve().parents[4]
    packages = Path(os.environ.get("NUGET_PACKAGES", Path.home() / ".nuget" / "packages"))
    native = "runtimes/linux-x64/native/libonnxruntime.so"
    found = [*repository.glob(f"artifacts/bin/*/release/{native}"), *packages.glob(f"microsoft.ml.onnxruntime.gpu/*/{native}")]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def runtime_session(model: Path | bytes) -> "RuntimeSession":
    """A session on one thread; FileNotFoundError when there is no ONNX Runtime."""
    return RuntimeSession(model if isinstance(model, bytes) else model.read_bytes())


def is_available() -> bool:
    """Whether ``runtime_session`` can work here."""
    try:
        import onnxruntime  # noqa: F401
    except ImportError:
        return find_library() is not None
    return True


class RuntimeSession:
    """A loaded network: float32 in, float32 out, one thread. Not thread-safe."""

    def __init__(self, content: bytes) -> None:
        try:
            import onnxruntime
        except ImportError:
            self._python, self._native = None, _NativeSession(content)
            return
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._python = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._native = None

    def run(self, inputs: dict[str, np.ndarray], outputs: list[str]) -> list[np.ndarray]:
        """The named outputs for the named inputs."""
        inputs = {name: np.ascontiguousarray(value, np.float32) for name, value in inputs.items()}
        if self._python is not None:
            return self._python.run(outputs, inputs)
        return self._native.run(inputs, outputs)


class _NativeSession:
    def __init__(self, content: bytes) -> None:
        library = find_library()
        if library is None or not library.is_file():
            raise FileNotFoundError(
                "no ONNX Runtime: build the project (`dotnet build AuStream.sln -c Release`), install the Python package "
                "onnxruntime, or name libonnxruntime.so in AUSTREAM_ONNXRUNTIME")
        self._library = ctypes.CDLL(str(library))
        self._library.OrtGetApiBase.restype = ctypes.POINTER(ctypes.c_void_p)
        get_api = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_uint32)(self._library.OrtGetApiBase()[0])
        self._table = ctypes.cast(get_api(_API_VERSION), ctypes.POINTER(ctypes.c_void_p))
        self._environment, options, self._session, self._memory = (ctypes.c_void_p() for _ in range(4))
        self._call(_CREATE_ENV, ctypes.c_int(3), b"austream", ctypes.byref(self._environment))
        self._call(_CREATE_OPTIONS, ctypes.byref(options))
        self._call(_SET_THREADS, options, ctypes.c_int(1))
        try:
            self._call(
                _CREATE_SESSION_FROM_ARRAY, self._environment, content, ctypes.c_size_t(len(content)), options,
                ctypes.byref(self._session))
        finally:
            self._release(_RELEASE_OPTIONS, options)
        self._call(_CPU_MEMORY, ctypes.c_int(0), ctypes.c_int(0), ctypes.byref(self._memory))

    def __del__(self) -> None:
        if getattr(self, "_session", None):
            self._release(_RELEASE_SESSION, self._session)

    def run(self, inputs: dict[str, np.ndarray], outputs: list[str]) -> list[np.ndarray]:
        values = (ctypes.c_void_p * len(inputs))()
        results = (ctypes.c_void_p * len(outputs))()
        try:
            for index, array in enumerate(inputs.values()):
                shape = (ctypes.c_int64 * array.ndim)(*array.shape)
                value = ctypes.c_void_p()
                self._call(
                    _CREATE_TENSOR, self._memory, array.ctypes.data_as(ctypes.c_void_p), ctypes.c_size_t(array.nbytes), shape,
                    ctypes.c_size_t(array.ndim), ctypes.c_int(_FLOAT), ctypes.byref(value))
                values[index] = value.value
            names = (ctypes.c_char_p * len(inputs))(*(name.encode() for name in inputs))
            wanted = (ctypes.c_char_p * len(outputs))(*(name.encode() for name in outputs))
            self._call(
                _RUN, self._session, None, names, values, ctypes.c_size_t(len(inputs)), wanted, ctypes.c_size_t(len(outputs)),
                results)
            return [self._array(ctypes.c_void_p(result)) for result in results]
        finally:
            for value in (*values, *results):
                if value:
                    self._release(_RELEASE_VALUE, ctypes.c_void_p(value))

    def _array(self, value: ctypes.c_void_p) -> np.ndarray:
        shape_info, count, data = ctypes.c_void_p(), ctypes.c_size_t(), ctypes.c_void_p()
        self._call(_SHAPE_OF, value, ctypes.byref(shape_info))
        try:
            self._call(_DIMENSION_COUNT, shape_info, ctypes.byref(count))
            shape = (ctypes.c_int64 * count.value)()
            self._call(_DIMENSIONS, shape_info, shape, count)
        finally:
            self._release(_RELEASE_SHAPE, shape_info)
        self._call(_TENSOR_DATA, value, ctypes.byref(data))
        length = int(np.prod(tuple(shape), dtype=np.int64))
        numbers = ctypes.cast(data, ctypes.POINTER(ctypes.c_float * length)).contents
        return np.frombuffer(numbers, np.float32).reshape(tuple(shape)).copy()

    def _call(self, position: int, *arguments) -> None:
        status = ctypes.CFUNCTYPE(ctypes.c_void_p, *(_kind(value) for value in arguments))(self._table[position])(*arguments)
        if status:
            message = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(self._table[_GET_ERROR_MESSAGE])(status)
            text = (message or b"unknown error").decode(errors="replace")
            self._release(_RELEASE_STATUS, ctypes.c_void_p(status))
            raise RuntimeError(f"ONNX Runtime: {text}")

    def _release(self, position: int, handle: ctypes.c_void_p) -> None:
        ctypes.CFUNCTYPE(None, ctypes.c_void_p)(self._table[position])(handle)


def _kind(value: object) -> type:
    if isinstance(value, (ctypes.c_int, ctypes.c_size_t)):
        return type(value)
    return ctypes.c_char_p if isinstance(value, bytes) else ctypes.c_void_p
