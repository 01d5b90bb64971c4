import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convGeometry } from '../conv-geometry.js';
import { type CpuBackend, kernelFunction, onlyOutput } from '../kernel-call.js';
import { addDepthwiseFilterGradient } from '../loops/depthwise-gradients.js';

type Attributes = ConvAttributes & { filterShape: number[] };

/** The gradient of a depthwise convolution's filter; the stock loop looks each number up by its coordinates. */
export function loopDepthwiseBackpropFilter(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo; dy: TensorInfo }, Attributes, CpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x, dy } = inputs;
    if (x.dtype !== 'float32' || dy.dtype !== 'float32') return onlyOutput(stock(call));
    const name = 'DepthwiseConv2dNativeBackpropFilter';
    const geometry = convGeometry(name, x.shape, attrs.filterShape, attrs, { depthwise: true });
    const gradient = new Float32Array(util.sizeFromShape(attrs.filterShape));
    addDepthwiseFilterGradient(backend.readSync(x.dataId), backend.readSync(dy.dataId), gradient, geometry);
    return backend.makeTensorInfo(attrs.filterShape, 'float32', gradient);
  });
}
