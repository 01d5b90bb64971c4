import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type ConvAttributes, type ConvGeometry, convGeometry } from '../conv-geometry.js';
import { type CpuBackend, kernelFunction, onlyOutput } from '../kernel-call.js';
import { addMatrixProduct, type Matrix } from '../loops/product.js';
import { addWindows, copyWindows, windowSize } from '../loops/windows.js';

type FilterAttributes = ConvAttributes & { filterShape: number[] };
type InputAttributes = ConvAttributes & { inputShape: number[] };

/** A convolution, as the product of each image's windows and the filter. */
export function loopConv2D(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo; filter: TensorInfo }, ConvAttributes, CpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    if (!isOurs(attrs, inputs.x, inputs.filter)) return onlyOutput(stock(call));
    const geometry = convGeometry('Conv2D', inputs.x.shape, inputs.filter.shape, attrs);
    const output = new Float32Array(util.sizeFromShape(geometry.outShape));
    const [images, filter] = [backend.readSync(inputs.x.dataId), backend.readSync(inputs.filter.dataId)];
    const [places, size, channels] = sizesOf(geometry);
    for (let image = 0; image < geometry.batchSize; image += 1) {
      const windows = new Float32Array(places * size);
      copyWindows(images, image, windows, geometry);
      const [left, right] = [packed(windows, 0, size), packed(filter, 0, channels)];
      addMatrixProduct(left, right, output, image * places * channels, [places, size, channels]);
    }
    return backend.makeTensorInfo(geometry.outShape, 'float32', output);
  });
}

/** The gradient of a convolution's filter; the stock loop looks each number up by its coordinates. */
export function loopConv2DBackpropFilter(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo; dy: TensorInfo }, FilterAttributes, CpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    if (!isOurs(attrs, inputs.x, inputs.dy)) return onlyOutput(stock(call));
    const name = 'Conv2DBackpropFilter';
    const geometry = convGeometry(name, inputs.x.shape, attrs.filterShape, { ...attrs, dilations: 1 });
    const [places, size, channels] = sizesOf(geometry);
    const gradient = new Float32Array(size * channels);
    const [images, given] = [backend.readSync(inputs.x.dataId), backend.readSync(inputs.dy.dataId)];
    for (let image = 0; image < geometry.batchSize; image += 1) {
      const windows = new Float32Array(places * size);
      copyWindows(images, image, windows, geometry);
      const right = packed(given, image * places * channels, channels);
      addMatrixProduct(transposed(windows, 0, size), right, gradient, 0, [size, places, channels]);
    }
    return backend.makeTensorInfo(attrs.filterShape, 'float32', gradient);
  });
}

/** The gradient of a convolution's input, which is also what a transposed convolution computes. */
export function loopConv2DBackpropInput(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ dy: TensorInfo; filter: TensorInfo }, InputAttributes, CpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    if (!isOurs(attrs, inputs.dy, inputs.filter)) return onlyOutput(stock(call));
    const name = 'Conv2DBackpropInput';
    const geometry = convGeometry(name, attrs.inputShape, inputs.filter.shape, { ...attrs, dilations: 1 });
    const [places, size, channels] = sizesOf(geometry);
    const gradient = new Float32Array(util.sizeFromShape(attrs.inputShape));
    const [given, filter] = [backend.readSync(inputs.dy.dataId), backend.readSync(inputs.filter.dataId)];
    for (let image = 0; image < geometry.batchSize; image += 1) {
      const windows = new Float32Array(places * size);
      const left = packed(given, image * places * channels, channels);
      addMatrixProduct(left, transposed(filter, 0, channels), windows, 0, [places, channels, size]);
      addWindows(windows, image, gradient, geometry);
    }
    return backend.makeTensorInfo(attrs.inputShape, 'float32', gradient);
  });
}

function isOurs({ dataFormat = 'NHWC' }: ConvAttributes, ...tensors: TensorInfo[]): boolean {
  return dataFormat === 'NHWC' && tensors.every(({ dtype }) => dtype === 'float32');
}

/** Output pixels of one image, numbers in a window, output channels. */
function sizesOf(geometry: ConvGeometry): readonly [number, number, number] {
  return [geometry.outHeight * geometry.outWidth, windowSize(geometry), geometry.outChannels];
}

function packed(values: Matrix['values'], start: number, columns: number): Matrix {
  return { values, start, rowStride: columns, columnStride: 1 };
}

function transposed(values: Matrix['values'], start: number, columns: number): Matrix {
  return { values, start, rowStride: 1, columnStride: columns };
}
