import { choiceSetting, numberSetting, textSetting } from '../app/address.js';

/** Methods of a forecast. */
export const forecastMethods = ['ets', 'tsb', 'mean', 'naive'] as const;

/** What the view is about; in the address. A file is not: it stays with the visitor. */
export const shopSettings = {
  customers: numberSetting(200, [50, 1000]),
  products: numberSetting(50, [20, 300]),
  seed: numberSetting(7, [0, 999_999]),
  customer: textSetting(''),
  fresh: choiceSetting<'no' | 'yes'>('no', ['no', 'yes']),
  country: textSetting(''),
  draw: numberSetting(1, [1, 999_999]),
  product: textSetting(''),
  method: choiceSetting<(typeof forecastMethods)[number]>('ets', forecastMethods),
};

/** Values of {@link shopSettings}. */
export interface ShopSettings {
  readonly customers: number;
  readonly products: number;
  readonly seed: number;
  readonly customer: string;
  readonly fresh: 'no' | 'yes';
  readonly country: string;
  readonly draw: number;
  readonly product: string;
  readonly method: (typeof forecastMethods)[number];
}
