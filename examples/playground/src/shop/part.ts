import type { Link } from '../link/link.js';
import type { ShopServices, ShopSummary } from './services.js';
import type { ShopSettings } from './settings.js';

/** What each part of the view is given. */
export interface PartProps {
  readonly link: Link<ShopServices>;
  readonly shop: ShopSummary;
  readonly settings: ShopSettings;
  onChange(changed: Partial<ShopSettings>): void;
}
