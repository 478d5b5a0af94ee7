import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { onSignedOut } from '../api/client';
import { createQueryClient } from '../api/query';
import { signOutLocally } from '../features/identity/session';
import { useLanguage } from '../lib/viewer';
import { createAppRouter } from './router';
import { cssVariablesResolver } from './theme';
import { useTheme } from './use-theme';

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

// The server forgot who we are: everything that was read belongs to nobody, and the guard leads to the log-in page.
onSignedOut(() => {
  signOutLocally(queryClient);
  void router.invalidate();
});

export function App() {
  const language = useLanguage();
  const theme = useTheme();
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <DatesProvider settings={{ locale: language, firstDayOfWeek: language === 'ja' ? 0 : 1 }}>
          <ModalsProvider>
            <Notifications position="bottom-right" limit={3} />
            <RouterProvider router={router} />
          </ModalsProvider>
        </DatesProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}
