import { parentPort } from 'node:worker_threads';
import { segmentRoot, type Segment } from './hash-segment.ts';

/** A worker thread that hashes segments of the log, one after the other. */
export type SegmentTask = { readonly id: number; readonly segment: Segment };
export type SegmentResult = { readonly id: number; readonly root: Uint8Array | null };

parentPort?.on('message', ({ id, segment }: SegmentTask) => {
  const result: SegmentResult = { id, root: segmentRoot(segment) };
  parentPort?.postMessage(result);
});
