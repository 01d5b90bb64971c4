import { useEffect, useMemo, useState } from 'preact/hooks';
import { useSettings } from '../app/use-address.js';
import { useAsk } from '../app/use-ask.js';
import { openLink } from '../link/link.js';
import { ForecastPart } from './forecast-part.js';
import { OpenPart } from './open-part.js';
import { RecommendPart } from './recommend-part.js';
import type { ShopServices, Source } from './services.js';
import { shopSettings } from './settings.js';
import { VirtualPart } from './virtual-part.js';

/** A shop: what to show whom, orders that never were, what will sell. */
export function ShopView() {
  const [settings, change] = useSettings('shop', shopSettings);
  const link = useMemo(() => openLink<ShopServices>('shop'), []);
  useEffect(() => () => link.close(), [link]);
  const [file, setFile] = useState<Extract<Source, { kind: 'file' }>>();
  const { customers, products, seed } = settings;
  const source: Source = file ?? { kind: 'simulated', customers, products, seed };
  // Files look alike as texts, so their names and sizes tell them apart.
  const opening = useAsk(
    link,
    'open',
    source,
    undefined,
    file ? `${file.file.name} ${file.file.size} ${JSON.stringify(file.mapping)} ${file.format}` : undefined,
  );
  const shop = opening.isBusy ? undefined : opening.answer;
  const parts = { link, shop, settings, onChange: change };
  return (
    <div class="shop">
      <OpenPart {...parts} opening={opening} file={file} onFile={setFile} />
      {shop && (
        <>
          <RecommendPart {...parts} shop={shop} />
          <VirtualPart {...parts} shop={shop} />
          <ForecastPart {...parts} shop={shop} />
        </>
      )}
    </div>
  );
}
