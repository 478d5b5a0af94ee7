import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { isProblem } from '../api/problem';
import { createQueryClient } from '../api/query';
import { useLanguage, useViewer, ViewerProvider } from '../lib/viewer';
import { onSignedOut } from './client';
import { LinkPage } from './log-in/LinkPage';
import { LogInPage } from './log-in/LogInPage';
import { accentRules } from './look';
import { logInPath } from './pages';
import { brandingQuery, meQuery } from './requests';
import { useHash, usePath } from './router';
import { setEnded, useHasEnded } from './session';
import { Shell } from './shell/Shell';
import { suggestLanguage } from './texts/i18n';
import { Failure, Skeleton } from './ui/States';
import { Told } from './ui/told';
import { MeProvider } from './who';

const queryClient = createQueryClient();

// The log-in has ended while somebody was reading: what was read belongs to nobody now. Who was not in at all is led to
// the log-in by the answer itself.
onSignedOut(() => {
  if (queryClient.getQueryData(meQuery.queryKey) === undefined) return;
  setEnded(true);
  queryClient.removeQueries({ queryKey: ['portal'] });
});

export function PortalApp() {
  const language = useLanguage();
  return (
    <QueryClientProvider client={queryClient}>
      <Accent />
      <div lang={language}>
        <Room />
        <Told />
      </div>
    </QueryClientProvider>
  );
}

function Accent() {
  const { data: branding } = useQuery(brandingQuery);
  return <style>{accentRules(branding?.accent ?? '')}</style>;
}

function Room() {
  const path = usePath();
  const token = new URLSearchParams(useHash()).get('token');
  const hasEnded = useHasEnded();
  if (path === logInPath) return token !== null ? <LinkPage token={token} /> : <LogInPage hasEnded={false} />;
  return hasEnded ? <LogInPage hasEnded /> : <Inside path={path} />;
}

function Inside({ path }: { path: string }) {
  const me = useQuery(meQuery);
  const viewer = useViewer();
  const bookDay = me.data?.today ?? viewer.bookDay;
  const known = useMemo(() => ({ ...viewer, bookDay }), [viewer, bookDay]);
  useEffect(() => {
    if (me.data) suggestLanguage(me.data.person.language);
  }, [me.data]);
  if (isProblem(me.error, 401)) return <LogInPage hasEnded={false} />;
  if (me.isPending || me.isError) {
    return (
      <main style={{ maxWidth: 720, margin: '48px auto', padding: 16 }}>
        {me.isError ? <Failure error={me.error} onRetry={() => void me.refetch()} /> : <Skeleton height_px={320} />}
      </main>
    );
  }
  return (
    <ViewerProvider viewer={known}>
      <MeProvider me={me.data}>
        <Shell key={me.data.accounts.find(({ is_current }) => is_current)?.person} path={path} />
      </MeProvider>
    </ViewerProvider>
  );
}
