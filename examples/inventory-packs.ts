// Ordering in packs: npx tsx examples/inventory-packs.ts [PIECES] [PACK]
//
// A shop sells PIECES of tea a day and orders packs of PACK, which come a day later. When not to use it: where days are not alike
// (weekends, promotions), learn the demand first; and where a lost sale's cost is known, bestBaseStock with a
// `penalty` says more than a share of the demand that is to be met.
import { bestForService, poissonDemand } from 'minimart';

const [pieces = 5, pack = 6] = process.argv.slice(2).map(Number);
const shop = { demand: poissonDemand(pieces), leadTime: 1, holding: 0.1, unmet: 'lost' } as const;
const target = 0.95;

const single = await bestForService({ ...shop, fillRate: target });
const packs = await bestForService({ ...shop, packSize: pack, fillRate: target });
console.log(`by the piece     ${single.policy.name}: ${percent(single.fillRate)} met, ${single.cost.toFixed(3)} a day`);
console.log(`by the pack      ${packs.policy.name}: ${percent(packs.fillRate)} met, ${packs.cost.toFixed(3)} a day`);

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
