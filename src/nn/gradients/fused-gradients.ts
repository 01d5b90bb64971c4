import {
  _FusedMatMul,
  BatchMatMul,
  broadcast_util,
  Conv2D,
  FusedConv2D,
  type GradConfig,
  getBackend,
  getGradient,
  getKernel,
  type KernelFunc,
  registerKernel,
  reshape,
  sum,
  type Tensor,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';

type Gradients = ReturnType<GradConfig['gradFunc']>;
type Attributes = NonNullable<Parameters<KernelFunc>[0]['attrs']>;

/** A kernel that multiplies and adds a bias at once, and what its gradient is made of. */
interface FusedOperation {
  /** What tfjs calls the operation on its tape. */
  readonly name: string;
  readonly kernel: string;
  /** The kernel that only multiplies: the gradients to both of its operands are those of the fused one. */
  readonly plain: string;
  /** The plain kernel's operands, in the order in which the operation takes them. */
  readonly operands: readonly [string, string];
  /** Where the operation saves them for its gradient; the result follows, then the bias. */
  readonly saved: readonly [number, number];
}

/**
 * Runs `record` with gradients of tfjs's fused operations of which each part is computed only when it is asked for. tfjs's own
 * compute all at once: also the gradient to a batch of data, and those to the weights of the network beside the one that learns.
 * What is asked for has the same bits.
 */
export function withFusedGradients<T>(record: (gradients: readonly GradConfig[]) => T): T {
  const known = operations().filter(({ kernel, plain }) => getKernel(kernel, getBackend()) && getGradient(plain));
  const watched = known.map((operation) => ({ operation, calls: watchCalls(operation.kernel) }));
  try {
    return record(watched.map(({ operation, calls }) => fusedGradient(operation, calls)));
  } finally {
    for (const { calls } of watched.reverse()) calls.stop();
  }
}

function operations(): readonly FusedOperation[] {
  return [
    { name: 'fusedMatMul__op', kernel: _FusedMatMul, plain: BatchMatMul, operands: ['a', 'b'], saved: [0, 1] },
    { name: 'fusedConv2d__op', kernel: FusedConv2D, plain: Conv2D, operands: ['x', 'filter'], saved: [1, 0] },
  ];
}

interface CallWatch {
  /** The attributes of the last call, given once. */
  take(): Attributes | undefined;
  stop(): void;
}

/** Looks at the attributes of a kernel's calls, which the tape has not: tfjs hides them in the gradient that it makes itself. */
function watchCalls(kernelName: string): CallWatch {
  const backendName = getBackend();
  const present = getKernel(kernelName, backendName);
  let last: Attributes | undefined;
  const put = (kernelFunc: KernelFunc) => {
    unregisterKernel(kernelName, backendName);
    registerKernel({ ...present, kernelFunc });
  };
  put((call) => {
    last = call.attrs;
    return present.kernelFunc(call);
  });
  return {
    take: () => {
      const taken = last;
      last = undefined;
      return taken;
    },
    stop: () => put(present.kernelFunc),
  };
}

function fusedGradient(operation: FusedOperation, calls: CallWatch): GradConfig {
  return {
    kernelName: operation.name,
    // tfjs asks for it when it has run the kernel and puts the operation on its tape.
    get gradFunc(): GradConfig['gradFunc'] {
      const attributes = calls.take();
      return (upstream, saved) => slopesOf(operation, upstream as Tensor, saved, attributes);
    },
  };
}

/** The gradients by the position of inputs, as tfjs names those of an operation with a gradient of its own. */
function slopesOf(
  { name, plain, operands, saved: places }: FusedOperation,
  upstream: Tensor,
  saved: readonly Tensor[],
  attributes: Attributes | undefined,
): Gradients {
  const [, , result, bias] = saved;
  // While a gradient is recorded tfjs fuses no activation.
  if (!attributes || !result) throw new Error(`minimart: '${name}' is on the tape, and no kernel of it has run.`);
  // The bias of tfjs's fused operations goes with the last axis.
  if (attributes.dataFormat === 'NCHW') refuse(name, 'dataFormat', "be 'NHWC' to be differentiated", 'NCHW');
  const slope = reshape(upstream, result.shape);
  const parts = getGradient(plain).gradFunc(slope, [saved[places[0]]!, saved[places[1]]!], attributes);
  const slopes = { 0: parts[operands[0]]!, 1: parts[operands[1]]! };
  return bias ? { ...slopes, 2: () => biasSlope(slope, bias) } : slopes;
}

function biasSlope(slope: Tensor, bias: Tensor): Tensor {
  const axes = broadcast_util.getReductionAxes(bias.shape, slope.shape);
  return reshape(axes.length > 0 ? sum(slope, axes) : slope, bias.shape);
}
