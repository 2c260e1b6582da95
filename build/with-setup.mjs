// node build/with-setup.mjs SCRIPT [ARG …]: set-up if needed, then the script under the project's own Node.
import { runNode, setUp } from './setup.mjs';

process.exit(await runNode(setUp(), process.argv.slice(2)));
