// The program of a thread that reads packs (sources/sieve/threads.ts).

import { parentPort, workerData } from 'node:worker_threads';
import { detectorOf } from './detect/detector.ts';
import { type Job, sift } from './sources/sieve/sift.ts';
import type { Message } from './sources/sieve/threads.ts';

const detector = detectorOf(workerData);
const say = (message: Message): void => parentPort?.postMessage(message);
parentPort?.on('message', (job: Job) => say({ links: sift(job, detector, (share) => say({ share })) }));
