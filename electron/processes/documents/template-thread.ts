import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { renderTemplate } from '../../core/reports/templates/render-template.ts';
import type { TemplateInput } from '../../core/reports/templates/template.protocol.ts';
import { denyNetwork } from '../deny-network.ts';

/* Renders one template and ends. */
if (isMainThread || !parentPort) throw new Error('This module runs as a worker thread of the documents process.');
denyNetwork();
parentPort.postMessage(renderTemplate(workerData as TemplateInput));
