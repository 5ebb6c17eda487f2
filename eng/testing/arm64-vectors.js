// Runs the zoo's reference vectors through ONNX Runtime's native binding, whatever processor that is for, and compares with PyTorch's results.
// Usage: node arm64-vectors.js onnxruntime_binding.node MODELS FIXTURES. Exit code 1 when a value is off by more than 1e-3.
'use strict';
const fs = require('fs');
const path = require('path');

const [bindingPath, models, fixtures] = process.argv.slice(2);
const binding = require(bindingPath);

class Tensor {
    constructor(type, data, dims) {
        Object.assign(this, { type, data, dims, location: 'cpu', size: data.length });
    }
}

// The same numbers as formula_input in models/training/austream_training/exporting/parity.py.
function formula(length, frequency, scale) {
    return Float32Array.from({ length }, (_, i) => scale * Math.fround(Math.sin(frequency * i) + 0.5 * Math.sin(0.37 * frequency * i + 1)));
}

function inputs(vectors, id, name) {
    const count = vectors.cases[name].count;
    const pixels = count * 3 * vectors.size * vectors.size;
    const points = count * 2 * vectors.landmarks;
    if (name === 'generated') {
        return [formula(pixels, vectors.frequencies[0], 1), formula(points, vectors.frequencies[1], vectors.landmark_scale)];
    }
    const bytes = fs.readFileSync(path.join(fixtures, `${id}.parity.input.bin`));
    const stored = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    return [stored.slice(0, pixels), stored.slice(pixels)];
}

binding.initOrtOnce(3, Tensor, true);
console.log(`node ${process.version} on ${process.arch}`);
let bad = false;
for (const file of fs.readdirSync(fixtures).filter((name) => name.endsWith('.parity.json'))) {
    const id = path.basename(file, '.parity.json');
    const vectors = JSON.parse(fs.readFileSync(path.join(fixtures, file)));
    const session = new binding.InferenceSession();
    session.loadModel(path.join(models, `${id}.onnx`), { intraOpNumThreads: 1, interOpNumThreads: 1, executionProviders: [{ name: 'cpu' }] });
    for (const name of Object.keys(vectors.cases)) {
        const expected = vectors.cases[name];
        const [image, landmarks] = inputs(vectors, id, name);
        const feeds = { image: new Tensor('float32', image, [expected.count, 3, vectors.size, vectors.size]) };
        if (vectors.landmarks > 0) {
            const shape = session.inputMetadata.find((input) => input.name === 'landmarks').shape;
            feeds.landmarks = new Tensor('float32', landmarks, [expected.count, ...Array.from(shape).slice(1)]);
        }
        const started = process.hrtime.bigint();
        const results = session.run(feeds, { intensity: null }, {});
        const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
        const worst = Math.max(...expected.intensity.flat().map((value, i) => Math.abs(value - results.intensity.data[i])));
        bad = bad || !(worst < 1e-3);
        console.log(`${worst < 1e-3 ? 'ok ' : 'BAD'} ${id} ${name}: ${expected.count} faces, largest difference ${worst.toExponential(1)}, ${milliseconds.toFixed(0)} ms`);
    }
    session.dispose();
}
process.exit(bad ? 1 : 0);
