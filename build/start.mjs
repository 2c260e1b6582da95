// npm start: set-up if needed, then the application.
import { runNode, setUp } from './setup.mjs';

process.exit(await runNode(setUp(), ['build/start.ts', ...process.argv.slice(2)]));
