import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { conformanceChecks } from '../conformance/cases.js';
import type { PageReport } from './page-report.js';
import { readPictures } from './pictures-page.js';
import { trainFirstHalf, trainSecondHalf, trainWhole } from './reload-page.js';

setWasmPaths('/wasm/');
// useBackend leaves a flag alone that somebody has set.
if (location.search === '?threads') env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);

/** Runs the whole table on one backend; called from outside through the page. */
async function runConformance(backend: string): Promise<PageReport> {
  await useBackend(backend);
  const device = await deviceOf(backend);
  const failures: { name: string; message: string }[] = [];
  for (const { name, run } of conformanceChecks) {
    try {
      await run(backend);
    } catch (error) {
      failures.push({ name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { device, passed: conformanceChecks.length - failures.length, failures };
}

async function deviceOf(backend: string): Promise<string> {
  if (backend === 'webgpu') return webgpuAdapter();
  if (backend === 'webgl') return webglRenderer();
  if (backend !== 'wasm') return navigator.userAgent.replace(/.*(Chrome\/\d+).*/, '$1');
  const threads = await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT');
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return `simd ${simd ? 'yes' : 'no'}, threads ${threads ? 'yes' : 'no'}`;
}

async function webgpuAdapter(): Promise<string> {
  const adapter: WithInfo | null = await navigator.gpu.requestAdapter();
  const info = adapter?.info;
  return info
    ? `adapter ${[info.vendor, info.architecture, info.description].filter(Boolean).join(' ')}`
    : 'no adapter';
}

function webglRenderer(): string {
  const context = document.createElement('canvas').getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  return context && names ? `renderer ${context.getParameter(names.UNMASKED_RENDERER_WEBGL)}` : 'no renderer name';
}

// Newer than the types that the webgpu backend brings along.
interface WithInfo extends GPUAdapter {
  readonly info?: { readonly vendor: string; readonly architecture: string; readonly description: string };
}

Object.assign(window, { readPictures, runConformance, trainFirstHalf, trainSecondHalf, trainWhole });
