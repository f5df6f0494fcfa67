import { jest } from '@jest/globals';

// A machine that is shared may be slow for a moment: what fails is tried once more, and the log shows the first failure.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });
