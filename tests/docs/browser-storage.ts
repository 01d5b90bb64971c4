import { io } from '@tensorflow/tfjs-core';

const models = new Map<string, io.ModelArtifacts>();

// tfjs asks every router; null says that the address is another's, which its types do not know.
const notMine = null as never;

/** Answers `indexeddb://…` from memory, as browsers do from their store, so that examples can save and load models. */
export function installBrowserStorage(): void {
  io.registerSaveRouter((url) => (isOurs(url) ? { save: async (artifacts) => store(url, artifacts) } : notMine));
  io.registerLoadRouter((url) => (isOurs(url) ? { load: async () => find(url) } : notMine));
}

function isOurs(url: string | string[]): url is string {
  return typeof url === 'string' && url.startsWith('indexeddb://');
}

function store(url: string, artifacts: io.ModelArtifacts): io.SaveResult {
  models.set(url, artifacts);
  return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
}

function find(url: string): io.ModelArtifacts {
  const artifacts = models.get(url);
  if (!artifacts) throw new Error(`nothing was saved under ${url}`);
  return artifacts;
}
