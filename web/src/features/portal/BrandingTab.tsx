import { Alert, Button, ColorInput, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  maxLogoBytes,
  portalSettingsQuery,
  useRemoveLogo,
  useSaveBranding,
  useSaveLogo,
  type BrandingInput,
  type PortalSettings,
} from '../../api/portal';
import { ErrorState } from '../../components/ErrorState';
import { FileDrop } from '../../components/FileDrop';
import { showProblem, showToast } from '../../components/toast';
import { WordsPair } from '../../components/WordsPair';
import { carryOut } from '../../lib/carry-out';
import { contrast, parseHex, textContrast } from '../../lib/colour';
import { useViewer } from '../../lib/viewer';
import { BrandingPreview } from './BrandingPreview';
import classes from './Portal.module.css';

/** The look of the portal, with what it will be beside it. */
export function BrandingTab() {
  const settings = useQuery(portalSettingsQuery);
  if (settings.isPending) return <Skeleton height={320} />;
  if (settings.isError) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  return <BrandingForm saved={settings.data} />;
}

const palette = ['#3556a6', '#0b6e6e', '#00725a', '#7a4f01', '#b04400', '#96184c', '#5b3fa0', '#333338'];

function BrandingForm({ saved }: { saved: PortalSettings }) {
  const { t } = useTranslation('customer-portal');
  const isAdmin = useViewer().role === 'admin';
  const [branding, setBranding] = useState<BrandingInput>({
    name: saved.name,
    accent: saved.accent,
    welcome: saved.welcome,
  });
  const save = useSaveBranding();
  const isColour = parseHex(branding.accent) !== undefined;
  const ratio = contrast(branding.accent, '#ffffff');
  const ratioText = (Math.floor(ratio * 10) / 10).toFixed(1);
  const isLegible = isColour && ratio >= textContrast;
  const set = (part: Partial<BrandingInput>) => setBranding({ ...branding, ...part });
  const colourFault = !isColour
    ? t('look.accentBad')
    : isLegible
      ? undefined
      : t('look.tooLight', { ratio: ratioText });
  const submit = () => carryOut(save, branding, { onSuccess: () => showToast(t('look.saved')) });
  return (
    <Stack gap="md">
      {saved.public_url === '' && <Alert color="orange">{t('look.noUrl')}</Alert>}
      {!saved.sends_mail && <Alert color="orange">{t('look.noMail')}</Alert>}
      {!isAdmin && (
        <Text fz="sm" c="dimmed">
          {t('look.adminOnly')}
        </Text>
      )}
      <div className={classes.sides}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack gap="md">
            <div>
              <WordsPair
                label={t('look.name')}
                value={branding.name}
                readOnly={!isAdmin}
                onChange={(name) => set({ name })}
              />
              <Text fz="xs" c="dimmed" mt={4}>
                {t('look.nameHelp')}
              </Text>
            </div>
            <div>
              <ColorInput
                label={t('look.accent')}
                description={t('look.accentHelp')}
                maw={260}
                format="hex"
                swatches={palette}
                disabled={!isAdmin}
                value={branding.accent}
                error={colourFault}
                withEyeDropper={false}
                onChange={(accent) => set({ accent })}
              />
              {isLegible && (
                <Text fz="xs" c="dimmed" mt={4}>
                  {t('look.fits', { ratio: ratioText })}
                </Text>
              )}
            </div>
            <div>
              <WordsPair
                label={t('look.welcome')}
                value={branding.welcome}
                maxLength={500}
                readOnly={!isAdmin}
                onChange={(welcome) => set({ welcome })}
              />
              <Text fz="xs" c="dimmed" mt={4}>
                {t('look.welcomeHelp')}
              </Text>
            </div>
            {save.isError && <ErrorState error={save.error} />}
            {isAdmin && (
              <Group>
                <Button type="submit" loading={save.isPending} disabled={!isLegible}>
                  {t('look.save')}
                </Button>
              </Group>
            )}
            <Logo hasLogo={saved.has_logo} mayChange={isAdmin} />
          </Stack>
        </form>
        <BrandingPreview branding={branding} />
      </div>
    </Stack>
  );
}

function Logo({ hasLogo, mayChange }: { hasLogo: boolean; mayChange: boolean }) {
  const { t } = useTranslation('customer-portal');
  const save = useSaveLogo();
  const remove = useRemoveLogo();
  // The address stays the same when the picture changes.
  const [round, setRound] = useState(0);
  const keep = (file: File) =>
    carryOut(save, file, {
      onSuccess: () => {
        setRound(round + 1);
        showToast(t('look.logoSaved'));
      },
      onError: showProblem,
    });
  return (
    <div role="group" aria-label={t('look.logo')}>
      <Text fz="sm" fw={500}>
        {t('look.logo')}
      </Text>
      <Text fz="xs" c="dimmed" mb={6}>
        {t('look.logoHelp')}
      </Text>
      {hasLogo && (
        <Group gap="sm" mb={8}>
          <img className={classes.logo} src={`/portal/api/logo?shown=${round}`} alt={t('look.logoNow')} />
          {mayChange && (
            <Button
              size="xs"
              variant="default"
              loading={remove.isPending}
              onClick={() =>
                carryOut(remove, undefined, { onSuccess: () => showToast(t('look.logoRemoved')), onError: showProblem })
              }
            >
              {t('look.logoRemove')}
            </Button>
          )}
        </Group>
      )}
      {mayChange && (
        <FileDrop accept={['.png', '.jpg', '.jpeg']} maxBytes={maxLogoBytes} onFile={keep} disabled={save.isPending} />
      )}
    </div>
  );
}
