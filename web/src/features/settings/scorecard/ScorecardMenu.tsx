import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconCopy, IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Definition, useDefinitionDeeds } from '../../../api/definitions';
import { confirm } from '../../../components/confirm';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import type { ScorecardBody } from '../types';
import { NewScorecardModal } from './NewScorecard';

/** The one that every account falls back to stays. */
const commonScorecard = 'health';

/** What is done rarely with a scorecard: duplicate it, take it out of use. */
export function ScorecardMenu({ definition, body }: { definition: Definition<ScorecardBody>; body: ScorecardBody }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const navigate = useNavigate();
  const [copying, setCopying] = useState(false);
  const { retire } = useDefinitionDeeds<ScorecardBody>('scorecard', definition.key);
  const name = definition.name[language];
  const askRetire = () =>
    confirm({
      title: t('measure.retireTitle', { name }),
      children: t('scorecard.retireDetail'),
      confirmLabel: t('measure.retire'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            showToast(t('scorecard.retired', { name }));
            void navigate({ to: '/settings/scorecards' });
          },
          onError: showProblem,
        }),
    });
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('scorecard.more')}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => setCopying(true)}>
            {t('scorecard.duplicate')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArchive size={14} />}
            disabled={definition.key === commonScorecard || definition.version === 0}
            onClick={askRetire}
          >
            {t('measure.retire')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NewScorecardModal source={body} opened={copying} onClose={() => setCopying(false)} />
    </>
  );
}
