import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'preact/hooks';

/** The part of Plot that charts are made of. */
export type PlotLibrary = typeof import('./plot.js');

let loading: Promise<PlotLibrary> | undefined;

// Plot makes a formatter while it is loaded, and the first one of a page takes long: it is made in a task of its own.
async function warmUp(): Promise<void> {
  new Intl.NumberFormat('en-US').format(1);
  await idle();
}

/** The chart library, fetched when the first chart is drawn. */
function loadPlot(): Promise<PlotLibrary> {
  loading ??= warmUp().then(() => import('./plot.js'));
  return loading;
}

interface PlotFigureProps {
  readonly title: string;
  /** What the chart says, in words, for those who do not see it. */
  readonly summary: string;
  readonly height?: number;
  /** Marks and scales; drawn anew when this function is another. */
  readonly options: (plot: PlotLibrary) => PlotOptions;
}

/** A chart of Observable Plot with its title, as wide as its place. */
export function PlotFigure({ title, summary, height = 170, options }: PlotFigureProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  useEffect(() => {
    let isCurrent = true;
    const draw = async () => {
      const plot = await loadPlot();
      await idle();
      if (!isCurrent || !place.current || width === 0) return;
      const chart = plot.plot({
        width,
        height,
        style: { background: 'transparent', fontSize: '12px' },
        ...options(plot),
      });
      // The place has words for the whole chart; Plot's names of marks are on elements that may have none.
      for (const mark of chart.querySelectorAll('[aria-label]')) mark.removeAttribute('aria-label');
      place.current.replaceChildren(chart);
    };
    draw();
    return () => {
      isCurrent = false;
    };
  }, [options, width, height]);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={place} role="img" aria-label={`${title}. ${summary}`} style={{ minHeight: `${height}px` }} />
    </figure>
  );
}

function useWidth(place: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

// Not every browser has idle callbacks.
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 0);
  });
}
