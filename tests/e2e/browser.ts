/** Debian's Chromium, as it runs without a desktop and without talking to anybody. */
export const chromium = {
  browserName: 'chromium',
  launchOptions: {
    executablePath: process.env.BANSO_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  locale: 'ja-JP',
  timezoneId: 'Asia/Tokyo',
  viewport: { width: 1440, height: 900 },
} as const;
