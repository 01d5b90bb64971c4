import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** The parts of tfjs's webgpu backend (4.22) by which a pipeline of our own joins its queue of commands. */
export interface WebgpuBackend extends KernelBackend {
  readonly device: WebgpuDevice;
  makeTensorInfo(shape: number[], dtype: 'float32', values?: Float32Array): TensorInfo;
  /** Gives data a buffer on the device, once. */
  uploadToGPU(dataId: DataId): void;
  /** Records a dispatch; binds the output, the inputs, and the numbers. */
  recordAndSubmit(program: object, output: TensorInfo, inputs: TensorInfo[], numbers: readonly object[]): void;
}

/** What is used of a `GPUDevice`. */
interface WebgpuDevice {
  readonly limits: { readonly maxComputeWorkgroupsPerDimension: number };
  createShaderModule(descriptor: { readonly code: string }): object;
  createComputePipeline(descriptor: object): object;
}

/** Whether a backend has these parts: others may do without our kernels, as they did before there were any. */
export function recordsCommands(backend: KernelBackend): backend is WebgpuBackend {
  const { device, makeTensorInfo, uploadToGPU, recordAndSubmit } = backend as Partial<WebgpuBackend>;
  const isComplete = [makeTensorInfo, uploadToGPU, recordAndSubmit].every((each) => typeof each === 'function');
  return isComplete && typeof device?.createComputePipeline === 'function' && device.limits !== undefined;
}

/** A shader of our own. */
export interface Shader {
  /** What it reads and writes: 32-bit floats, the first written, the others as said. At most eight. */
  readonly buffers: readonly { readonly name: string; readonly isWritten?: boolean }[];
  /** Names of whole numbers, then of others: `numbers.rate` in the code. */
  readonly integers: readonly string[];
  readonly floats: readonly string[];
  /** Threads of a group. */
  readonly groupSize: number;
  /** What stands before the function. Default nothing. */
  readonly declarations?: string;
  /** Body of the function, which knows `local`, its place in the group, `group`, the group's, and `groups`, their count. */
  readonly code: string;
}

/** One dispatch of it: a tensor for each buffer, and a value for each number. */
export interface Dispatch {
  readonly tensors: readonly TensorInfo[];
  readonly integers: readonly number[];
  readonly floats: readonly number[];
  readonly groups: number;
}

/** Makes what records dispatches of a shader, which is compiled once for each device. */
export function createRecorder(shader: Shader): (backend: WebgpuBackend, dispatch: Dispatch) => void {
  const pipelines = new WeakMap<object, object>();
  const pipelineOf = ({ device }: WebgpuBackend): object => {
    const compiled = pipelines.get(device) ?? compile(device, shader);
    pipelines.set(device, compiled);
    return compiled;
  };
  return (backend, { tensors, integers, floats, groups }) => {
    for (const { dataId } of tensors) backend.uploadToGPU(dataId);
    // Flat, whatever their shape, so that what the backend puts before our numbers has one layout.
    const [output, ...inputs] = tensors.map(({ dataId, shape, dtype }) => ({ dataId, dtype, shape: [sizeOf(shape)] }));
    const program = { pipeline: pipelineOf(backend), dispatch: [groups, 1, 1] };
    const numbers = [
      ...integers.map((number) => ({ type: 'int32', data: [number] })),
      ...floats.map((number) => ({ type: 'float32', data: [number] })),
    ];
    backend.recordAndSubmit(program, output!, inputs, numbers);
  };
}

function compile(device: WebgpuDevice, shader: Shader): object {
  const module = device.createShaderModule({ code: sourceOf(shader) });
  return device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'run' } });
}

// The backend puts NaN, infinity, and length and stride of each tensor before the numbers of a program.
function sourceOf({ buffers, integers, floats, groupSize, declarations = '', code }: Shader): string {
  const fields = [
    ...['notNumber: f32', 'infinite: f32'],
    ...buffers.flatMap((_, index) => [`length${index}: i32`, `stride${index}: i32`]),
    ...integers.map((name) => `${name}: i32`),
    ...floats.map((name) => `${name}: f32`),
  ];
  const bindings = buffers.map(({ name, isWritten }, index) => {
    const access = isWritten ? 'read_write' : 'read';
    return `@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<f32>;`;
  });
  return `
    struct Numbers { ${fields.join(', ')} };
    ${bindings.join('\n')}
    @group(0) @binding(${buffers.length}) var<uniform> numbers: Numbers;
    ${declarations}
    @compute @workgroup_size(${groupSize})
    fn run(@builtin(local_invocation_index) localIndex: u32, @builtin(workgroup_id) groupId: vec3<u32>,
           @builtin(num_workgroups) groupCounts: vec3<u32>) {
      let local = i32(localIndex);
      let group = i32(groupId.x);
      let groups = i32(groupCounts.x);
      ${code}
    }`;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, each) => product * each, 1);
}
