import { buildDiscriminator, buildGenerator } from 'minimart';
import { type GanWork, latentSize, sampleShape } from '../rows/gan-work.js';

/** The two networks of a row, from the library's builders. */
export function ourModels(work: GanWork) {
  const shapes = { latentSize: latentSize(work), outputShape: sampleShape(work) };
  if (work.kind === 'conv') {
    const { kernelSize } = work;
    return {
      generator: buildGenerator({
        ...shapes,
        kernelSize,
        filters: work.generator,
        normalization: 'batch',
        outputActivation: 'sigmoid',
      }),
      discriminator: buildDiscriminator({ inputShape: shapes.outputShape, kernelSize, filters: work.discriminator }),
    };
  }
  const { outputActivation } = work;
  return {
    generator: buildGenerator({ ...shapes, outputActivation, hidden: work.generator.slice(1, -1) }),
    discriminator: buildDiscriminator({ inputShape: shapes.outputShape, hidden: work.discriminator.slice(1, -1) }),
  };
}
