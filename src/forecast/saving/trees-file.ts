import { refuseFile } from '../../internal/file-fault.js';
import type { Document } from '../../saving/document/document.js';
import { requireOffsets, tensorOf } from '../../saving/document/reader.js';
import type { Tree, TreeNode } from '../../trees/grow-tree.js';
import { featureKinds } from '../global/sales-features.js';
import type { LearnedGround } from '../learned/learned-ground.js';
import type { SavedForecastMethod } from '../learned/learned-method.js';
import { treesMethod } from '../learned/learned-trees.js';

/** Reads trees of all products. Every way through a tree ends: children stand behind their parents. */
export async function readTrees(
  file: Document,
  ground: LearnedGround,
  pause: () => Promise<void>,
): Promise<SavedForecastMethod> {
  const start = file.description.part('model').number('start');
  const offsets = tensorOf(file, 'offsets', Uint32Array, [file.tensors.offsets?.shape[0] ?? 0]);
  if (offsets.length < 2) refuseFile('hold a tree', offsets.length - 1);
  const nodes = readNodes(file, ground);
  requireOffsets('offsets', offsets, nodes.length);
  const trees: Tree[] = [];
  for (let place = 1; place < offsets.length; place += 1) {
    if (place % 64 === 0) await pause();
    trees.push(requireTree(nodes.slice(offsets[place - 1], offsets[place])));
  }
  return treesMethod({ ground, trees: { starts: [start], trees: [trees] } });
}

function readNodes(file: Document, { known }: LearnedGround): TreeNode[] {
  const shape = [file.tensors.values?.shape[0] ?? 0];
  const numbers = (name: string) => tensorOf(file, name, Float64Array, shape);
  const places = (name: string) => tensorOf(file, name, Int32Array, shape);
  const [values, edges, left, right, columns] = [
    numbers('values'),
    numbers('edges'),
    places('left'),
    places('right'),
    places('columns'),
  ];
  const missing = tensorOf(file, 'missing', Uint8Array, shape);
  const width = featureKinds(known).length;
  return Array.from(values, (value, at) => {
    const node = { value, left: left[at]!, right: right[at]!, column: columns[at]!, edge: edges[at]! };
    const isLeaf = node.left === -1 && node.right === -1;
    if (!isLeaf && !(node.column >= 0 && node.column < width))
      refuseFile(`hold columns from 0 to ${width - 1}`, node.column);
    return { ...node, missingLeft: missing[at] === 1 };
  });
}

function requireTree(tree: Tree): Tree {
  if (tree.length === 0) refuseFile('hold trees of one node or more', 'none');
  for (const [at, { left, right }] of tree.entries()) {
    if (left === -1 && right === -1) continue;
    const wrong = [left, right].find((child) => !(child > at && child < tree.length));
    if (wrong !== undefined) refuseFile(`hold children from ${at + 1} to ${tree.length - 1}`, wrong);
  }
  return tree;
}
