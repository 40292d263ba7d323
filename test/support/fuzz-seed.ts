import fc from 'fast-check';

/** The same noise in every run, so that a red run can be repeated; `FUZZ_SEED=$RANDOM npm test` looks further. */
const USUAL_SEED = 20_240_318;

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? USUAL_SEED) });
