import { parseArgs } from 'node:util';
import { startSandbox } from './index.ts';

/** `npm run sandbox -- --port 8090 --token 7000000001:…`: runs until it is interrupted. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    token: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const usage = (root: string, token: string): string => `
The sandbox listens on ${root}. Open ${root}/ to talk as anybody, on both platforms.

  Telegram  API root ${root}   bot token ${token}
  Zalo      API and OAuth root ${root}   tokens: GET ${root}/control/zalo/issue-tokens

Act as people, over HTTP and JSON (GET ${root}/control lists all acts):

  curl -d '{"name":"An"}'                            -H content-type:application/json ${root}/control/people/create
  curl -d '{"person":"person-1"}'                    -H content-type:application/json ${root}/control/telegram/open-private
  curl -d '{"person":"person-1","chat":5000000001,"text":"/help"}' \\
       -H content-type:application/json ${root}/control/telegram/say
  curl '${root}/control/telegram/messages?chat=5000000001'
  curl -d '{"ms":86400000}'                          -H content-type:application/json ${root}/control/clock/advance
  curl -d '{"platform":"telegram","method":"sendMessage","action":{"kind":"cut-after"}}' \\
       -H content-type:application/json ${root}/control/faults/add
  curl '${root}/control/journal?kind=call'

Ctrl+C ends it; nothing is kept.
`;

if (values.help) {
  process.stdout.write(usage('http://127.0.0.1:8090', '<token>'));
} else {
  const sandbox = await startSandbox({ port: Number(values.port), telegram: { token: values.token } });
  process.stdout.write(usage(sandbox.rootUrl, sandbox.telegram.token));
  // A page that waits for news has a timer running: nobody needs it any more.
  const end = (): void => void sandbox.stop().then(() => process.exit());
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
