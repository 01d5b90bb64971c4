import { refuseFile } from '../../internal/file-fault.js';
import type { Feature } from '../../nn/embedding/inputs/features.js';
import type { EmbeddingTable } from '../../nn/embedding/models/movable-table.js';
import type { DenseNode, LeafNode, Network, NetworkNode } from '../../nn/embedding/models/network.js';
import type { Reader } from '../../saving/document/reader.js';

type Named<T> = Readonly<Record<string, T>>;

/** What nodes are checked against: what is there before them. */
interface Ground {
  readonly features: Named<Feature>;
  readonly tables: Named<EmbeddingTable>;
  readonly weights: Named<readonly number[]>;
  readonly nodes: readonly NetworkNode[];
}

const largest = 2 ** 31;
/** Most numbers that one row's pass may read and write, weights of dense layers aside: some thousand times what builders make. */
const mostNumbers = 2 ** 24;

/** Reads a network of which every operation fits what it takes. */
export function readNetwork(part: Reader, features: Named<Feature>, tables: Named<EmbeddingTable>): Network {
  const shapes = part.part('weights');
  const weights = Object.fromEntries(shapes.names().map((name) => [name, shapes.wholes(name)]));
  const nodes: NetworkNode[] = [];
  let numbers = 0;
  for (const node of part.parts('nodes')) {
    const read = readNode(node, { features, tables, weights, nodes });
    nodes.push(read);
    // A short text can ask for the same wide block again and again: what that multiplies to is bounded as well as the bytes.
    const inputs = read.op === 'leaf' ? [] : read.inputs;
    numbers += inputs.reduce((sum, input) => sum + nodes[input]!.size, read.size);
    if (numbers > mostNumbers) refuseFile(`hold a network of at most ${mostNumbers} numbers a row`, numbers);
  }
  if (nodes.at(-1)?.size !== 1) refuseFile('hold a network with one output', nodes.at(-1)?.size);
  return { nodes, weights };
}

function readNode(part: Reader, ground: Ground): NetworkNode {
  const op = part.text('op');
  const size = part.whole('size', 1, largest);
  if (op === 'leaf') return readLeaf(part, size, ground);
  const inputs = part.wholes('inputs');
  const sizes = inputs.map((input) => ground.nodes[input]?.size);
  if (inputs.length === 0 || sizes.some((each) => each === undefined))
    refuseFile('hold operations on earlier ones', [...inputs]);
  if (op === 'dense') return readDense(part, size, inputs, ground);
  const [left, right] = [inputs[0]!, inputs[1] ?? -1];
  const areAlike = sizes.every((each) => each === sizes[0]);
  if (op === 'product' && inputs.length === 2 && areAlike && sizes[0] === size)
    return { op, inputs: [left, right], size };
  if (op === 'dot' && inputs.length === 2 && areAlike && size === 1) return { op, inputs: [left, right], size };
  if (op === 'sum' && areAlike && sizes[0] === size) {
    if (!part.has('bias')) return { op, inputs, size };
    return { op, inputs, size, bias: weightsOf(part, 'bias', [size], ground) };
  }
  return refuseFile('hold operations that fit their inputs', op);
}

function readLeaf(part: Reader, size: number, { features, tables }: Ground): LeafNode {
  const name = part.text('feature');
  const feature = Object.hasOwn(features, name) ? features[name]! : refuseFile('hold leaves of its features', name);
  if (feature.kind === 'numeric') {
    if (part.has('table') || size !== (feature.size ?? 1))
      refuseFile(`hold ${feature.size ?? 1} numbers of ${name}`, size);
    return { op: 'leaf', feature: name, size };
  }
  const table = part.text('table');
  const found = Object.hasOwn(tables, table) ? tables[table]! : refuseFile('hold the tables of its leaves', table);
  if (found.size !== size || found.rows !== feature.vocabulary.size) {
    refuseFile(`hold a table '${table}' of ${feature.vocabulary.size} × ${size}`, `${found.rows} × ${found.size}`);
  }
  return { op: 'leaf', feature: name, size, table };
}

function readDense(part: Reader, size: number, inputs: readonly number[], ground: Ground): DenseNode {
  const activation = part.text('activation');
  if (activation !== 'relu' && activation !== 'linear') refuseFile('hold activations that are known', activation);
  const dropout = part.number('dropout');
  if (!(dropout >= 0 && dropout < 1)) refuseFile('hold a dropout in [0, 1)', dropout);
  const width = inputs.reduce((sum, input) => sum + ground.nodes[input]!.size, 0);
  const kernel = weightsOf(part, 'kernel', [width, size], ground);
  return { op: 'dense', inputs, kernel, bias: weightsOf(part, 'bias', [size], ground), activation, dropout, size };
}

// The name of weights of a shape.
function weightsOf(part: Reader, field: string, shape: readonly number[], { weights }: Ground): string {
  const name = part.text(field);
  const found = Object.hasOwn(weights, name) ? weights[name]! : [];
  if (found.length !== shape.length || found.some((size, axis) => size !== shape[axis])) {
    refuseFile(`hold weights '${name}' of the shape [${shape.join(', ')}]`, [...found]);
  }
  return name;
}
