import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import licence from '../../generated/garments-licence.txt?url';
import { ImagesView } from '../images/view.js';
import { useView } from './use-address.js';

interface View {
  readonly name: string;
  readonly title: string;
  readonly load: () => Promise<ComponentType>;
}

const views: readonly View[] = [
  { name: 'images', title: 'Images', load: async () => ImagesView },
  { name: 'shop', title: 'Shop', load: async () => (await import('../shop/view.js')).ShopView },
  { name: 'stock', title: 'Stock', load: async () => (await import('../stock/view.js')).StockView },
];

/** The page: three views, of which the address names one. */
export function App() {
  const named = useView();
  const view = views.find(({ name }) => name === named) ?? views[0]!;
  const [shown, setShown] = useState<{ readonly name: string; readonly Content: ComponentType }>({
    name: 'images',
    Content: ImagesView,
  });
  useEffect(() => {
    let isCurrent = true;
    const load = async () => {
      const Content = await view.load();
      if (isCurrent) setShown({ name: view.name, Content });
    };
    load();
    document.title = `${view.title} · minimart playground`;
    return () => {
      isCurrent = false;
    };
  }, [view]);
  return (
    <>
      <button type="button" class="skip" onClick={toContent}>
        To the content
      </button>
      <header>
        <p class="brand">minimart</p>
        <nav aria-label="Views">
          {views.map(({ name, title }) => (
            <a key={name} href={`#${name}`} aria-current={name === view.name ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {shown.name === view.name && <shown.Content />}
      </main>
      <footer>
        <p>
          Everything runs in this page, on your machine; it asks no other host for anything. Clothes: Fashion-MNIST,
          Zalando SE, MIT licence (<a href={licence}>text</a>).
        </p>
      </footer>
    </>
  );
}

// No link: the address says which view is shown.
function toContent(): void {
  document.getElementById('content')?.focus();
}
