import { numberSetting } from '../app/address.js';

/** The product of the view; in the address. */
export const stockSettings = {
  demand: numberSetting(4, [1, 8]),
  lead: numberSetting(2, [1, 3]),
  penalty: numberSetting(4, [1, 40]),
  days: numberSetting(256_000, [1000, 2_000_000]),
  seed: numberSetting(7, [0, 999_999]),
};
