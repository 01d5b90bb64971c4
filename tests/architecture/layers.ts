// The floors of the house, lowest first, as DESIGN.md section 2 draws them, `nn` above `data` because embedding models
// need vocabularies. A folder may import itself, `internal`, and every folder on a lower floor; never one beside it.
const floors: readonly (readonly string[])[] = [
  ['internal', 'random', 'kernels'],
  ['linear-algebra'],
  ['statistics'],
  ['data', 'privacy', 'trees'],
  ['nn'],
  ['saving'],
  ['training'],
  ['gan', 'recsys', 'rl'],
  ['tables', 'forecast', 'customers'],
  ['shop'],
  ['node', 'report', 'wasm'],
];

const ground = 'internal';

/** Why `from` must not import `to` (both are folders below `src`), or undefined when it may. */
export function layerFault(from: string, to: string): string | undefined {
  const fromFloor = floorOf(from);
  const toFloor = floorOf(to);
  if (fromFloor < 0) return `'${from}' is no layer of src`;
  if (toFloor < 0) return `'${to}' is no layer of src`;
  if (from === to) return undefined;
  if (toFloor > fromFloor) return `'${from}' imports '${to}', which lies above it`;
  if (toFloor === fromFloor && to !== ground) return `'${from}' imports '${to}', which lies beside it`;
  return undefined;
}

/** Why `src/index.ts` must not list a layer, which it may do with all others. */
export const layersOutsideMainEntry: Readonly<Record<string, string>> = {
  node: 'what only Node can run',
  report: 'what writes pages for people',
  wasm: 'what imports the package of a backend',
};

/** Peers that are optional, and the one layer that may import each. */
export const layerOfPeer: Readonly<Record<string, string>> = { '@tensorflow/tfjs-backend-wasm': 'wasm' };

export function isLayer(folder: string): boolean {
  return floorOf(folder) >= 0;
}

function floorOf(folder: string): number {
  return floors.findIndex((floor) => floor.includes(folder));
}
