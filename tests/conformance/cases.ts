import { adamChecks } from './adam-checks.js';
import { augmentationChecks } from './augmentation-checks.js';
import type { ConformanceCheck } from './conformance-check.js';
import { embeddingChecks } from './embedding-checks.js';
import { kernelChecks } from './kernel-checks.js';
import { layerChecks } from './layer-checks.js';
import { lossChecks } from './loss-checks.js';
import { memoryChecks } from './memory-checks.js';
import { opChecks } from './op-checks.js';
import { ourLayerChecks } from './our-layer-checks.js';
import { penaltyChecks } from './penalty-checks.js';
import { qLearningChecks } from './q-learning-checks.js';
import { stepChecks } from './step-checks.js';
import { threadChecks } from './thread-checks.js';
import { useBackendChecks } from './use-backend-checks.js';

/** All that has to hold on every backend. What joins the library joins this table. */
export const conformanceChecks: readonly ConformanceCheck[] = [
  ...useBackendChecks,
  ...opChecks,
  ...layerChecks,
  ...ourLayerChecks,
  ...adamChecks,
  ...kernelChecks,
  ...lossChecks,
  ...augmentationChecks,
  ...penaltyChecks,
  ...qLearningChecks,
  ...stepChecks,
  ...embeddingChecks,
  ...memoryChecks,
  ...threadChecks,
];
