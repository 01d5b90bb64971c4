export { prepareBackend } from './prepare-backend.js';
export { useBackend } from './use-backend.js';
