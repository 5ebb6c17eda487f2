#!/usr/bin/env bash
# Builds ONNX Runtime's C library with the CUDA and TensorRT providers on a Jetson (or an emulated one) with JetPack 6.
# Usage: onnxruntime-jetson.sh TAG FOLDER. Not run by AuStream's authors: no such board was at hand.
set -euo pipefail

tag=$1
folder=$2
DEBIAN_FRONTEND=noninteractive apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends git build-essential python3 python3-pip ninja-build
pip3 install --no-cache-dir 'cmake>=3.28,<4'
git clone --depth 1 --branch "$tag" --recurse-submodules --shallow-submodules https://github.com/microsoft/onnxruntime /onnxruntime-source
cd /onnxruntime-source
# 87 is the Orin family's compute capability.
./build.sh --config Release --build_dir /onnxruntime-build --cmake_generator Ninja --parallel "${JOBS:-2}" --nvcc_threads 1 --skip_tests --allow_running_as_root \
    --build_shared_lib --use_cuda --cuda_home /usr/local/cuda --cudnn_home /usr --use_tensorrt --tensorrt_home /usr \
    --cmake_extra_defines CMAKE_CUDA_ARCHITECTURES=87 onnxruntime_BUILD_UNIT_TESTS=OFF
mkdir -p "$folder"
cp -L /onnxruntime-build/Release/libonnxruntime.so /onnxruntime-build/Release/libonnxruntime_providers_{shared,cuda,tensorrt}.so "$folder/"
rm -rf /onnxruntime-source /onnxruntime-build
