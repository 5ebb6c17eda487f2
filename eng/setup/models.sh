# The third-party face models, converted to ONNX from the npm packages. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

face_packages=(@mediapipe/face_detection @mediapipe/face_mesh)
models_folder=$root/artifacts/models
models_stamp=$setup_folder/models

# The importer's own sources count: when they change, so may the models.
has_models() {
    [[ -f $models_stamp && $(<"$models_stamp") == "$(models_key)" ]] && any_file "$models_folder"/*.onnx &&
        [[ -z $(find "$root/models/Importing" -newer "$models_stamp" -print -quit) ]]
}

# Which packages the models were made of.
models_key() {
    local package key=
    for package in "${face_packages[@]}"; do
        npm_row "$package"
        key+="$package@$npm_version "
    done
    printf '%s' "$key"
}

import_models() {
    say "importing the face models"
    local began=$setup_folder/models-began
    models_key >"$began"
    run_tool "$dotnet" "$program" models import --from "$npm_cache" --out "$models_folder" ||
        give_up "$EXIT_FAILED" "importing the face models failed: $(tail -n 1 "$setup_log")" "Everything it said: $setup_log"
    mv "$began" "$models_stamp"
}
