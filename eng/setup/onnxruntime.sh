# ONNX Runtime as a NuGet package in the local feed, so that projects refer to it by its own name. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

onnxruntime_npm_package=com.github.asus4.onnxruntime
feed=$root/artifacts/feed

# AUSTREAM_ONNXRUNTIME=feed: a NuGet source that the machine is configured with has the package itself.
has_onnxruntime_package() {
    [[ ${AUSTREAM_ONNXRUNTIME:-} == feed ]] && return 0
    any_file "$feed"/Microsoft.ML.OnnxRuntime.Gpu.*.nupkg
}

pack_onnxruntime() {
    local packed=$setup_folder/packed
    say "packing ONNX Runtime as a NuGet package"
    npm_row "$onnxruntime_npm_package"
    rm -rf "$packed"
    # As an environment variable the path may hold characters that MSBuild's command line would split at.
    run_tool env OnnxRuntimeSource="$npm_folder/package" "$dotnet" pack "$root/eng/onnxruntime" -c Release -o "$packed" -v q ||
        give_up_on_build "packing ONNX Runtime failed"
    mv "$packed"/*.nupkg "$feed/"
    rm -rf "$packed"
}
