import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import { createRecorder, type Shader, type WebgpuBackend } from './command-recorder.js';

type Attributes = { axis: number | number[]; keepDims?: boolean };

/**
 * Makes a `Sum` that adds up the rows of a batch, the gradient of every bias, in one dispatch.
 *
 * tfjs transposes a whole tensor first, to add up along its last axis. All other sums are tfjs's, those of more than 2,048
 * rows too, which more threads share there.
 */
export function webgpuSum(stock: KernelFunc): KernelFunc {
  const record = createRecorder(columnSumShader());
  return kernelFunction<{ x: TensorInfo }, Attributes, WebgpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x } = inputs;
    const axes = util.parseAxisParam(attrs.axis, x.shape);
    const [rows, columns] = matrixOf(x.shape, axes);
    const groups = Math.ceil(columns / columnsOfGroup);
    const isOurs = x.dtype === 'float32' && rows > 1 && rows <= mostRows && columns > 0;
    if (!isOurs || groups > backend.device.limits.maxComputeWorkgroupsPerDimension) return onlyOutput(stock(call));
    const left = x.shape.slice(axes.length);
    const sums = backend.makeTensorInfo(attrs.keepDims ? [...axes.map(() => 1), ...left] : left, 'float32');
    record(backend, { tensors: [sums, x], integers: [rows, columns], floats: [], groups });
    return sums;
  });
}

const mostRows = 2048;
const columnsOfGroup = 16;
const lanes = 16;

// Rows and columns, where the axes are the first ones and others follow; otherwise none.
function matrixOf(shape: readonly number[], axes: readonly number[]): readonly [number, number] {
  const isFirst = axes.every((axis) => axis < axes.length) && axes.length < shape.length;
  if (!isFirst) return [0, 0];
  return [util.sizeFromShape(shape.slice(0, axes.length)), util.sizeFromShape(shape.slice(axes.length))];
}

function columnSumShader(): Shader {
  return {
    buffers: [{ name: 'sums', isWritten: true }, { name: 'x' }],
    integers: ['rows', 'columns'],
    floats: [],
    groupSize: columnsOfGroup * lanes,
    declarations: `var<workgroup> parts: array<f32, ${columnsOfGroup * lanes}>;`,
    // Each lane adds up every sixteenth row; then the lanes are added, half to half.
    code: `
      let lane = local / ${columnsOfGroup};
      let column = group * ${columnsOfGroup} + local % ${columnsOfGroup};
      var total = 0.0;
      if (column < numbers.columns) {
        for (var row = lane; row < numbers.rows; row += ${lanes}) { total += x[row * numbers.columns + column]; }
      }
      parts[local] = total;
      for (var half = ${lanes / 2}; half > 0; half /= 2) {
        workgroupBarrier();
        if (lane < half) { parts[local] += parts[local + half * ${columnsOfGroup}]; }
      }
      if (lane == 0 && column < numbers.columns) { sums[column] = parts[local]; }`,
  };
}
