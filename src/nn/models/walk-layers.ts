import type { layers } from '@tensorflow/tfjs-layers';

/** A layer and where it stands. */
export interface PlacedLayer {
  readonly layer: layers.Layer;
  /** Positions from the outermost model inwards, such as `'2/0'`; the same for equal models, whatever the names. */
  readonly position: string;
}

/** Every layer below `holder`, each once: those of nested models and wrappers follow the layer that holds them. */
export function walkLayers(holder: layers.Layer): PlacedLayer[] {
  const seen = new Set<layers.Layer>();
  const found: PlacedLayer[] = [];
  const visit = (layer: layers.Layer, position: string): void => {
    if (seen.has(layer)) return;
    seen.add(layer);
    found.push({ layer, position });
    innerLayers(layer).forEach((inner, index) => {
      visit(inner, `${position}/${index}`);
    });
  };
  innerLayers(holder).forEach((layer, index) => {
    visit(layer, String(index));
  });
  return found;
}

/** Whether a layer is made of others: a model, or a wrapper. */
export function holdsLayers(layer: layers.Layer): boolean {
  return innerLayers(layer).length > 0;
}

function innerLayers(holder: layers.Layer): layers.Layer[] {
  if ('layers' in holder && Array.isArray(holder.layers)) return holder.layers;
  return 'layer' in holder ? [holder.layer as layers.Layer] : [];
}
