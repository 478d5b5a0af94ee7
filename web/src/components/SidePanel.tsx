import { ActionIcon, FocusTrap, Group, Portal, Title, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanel } from '../lib/use-panel';
import classes from './SidePanel.module.css';

interface SidePanelProps {
  /** The search parameter that opens it; several panels on one page need several. */
  param?: string;
  title: (id: string) => ReactNode;
  /** Links and buttons beside the close button. */
  actions?: (id: string) => ReactNode;
  children: (id: string) => ReactNode;
}

/**
 * Acts on one item without leaving the list. On a wide screen the list stays usable beside it (j and k change what it
 * shows); on a phone it fills the screen and holds the focus. Esc closes it and the focus returns to where it was.
 */
export function SidePanel({ param, title, actions, children }: SidePanelProps) {
  const { id, close } = usePanel(param);
  if (id === undefined) return null;
  return (
    <Portal>
      <OpenPanel title={title(id)} actions={actions?.(id)} onClose={close}>
        {children(id)}
      </OpenPanel>
    </Portal>
  );
}

function OpenPanel({
  title,
  actions,
  onClose,
  children,
}: {
  title: ReactNode;
  actions: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const panel = useRef<HTMLDivElement>(null);
  const headingId = useId();

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A menu, a picker or a dialog that lies above the panel closes first.
      const above = document.querySelector(
        '[aria-modal="true"]:not([data-side-panel]), [data-expanded][aria-expanded="true"]',
      );
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && !above) onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);

  return (
    <FocusTrap active={isPhone === true}>
      <div
        ref={panel}
        className={classes.panel}
        role="dialog"
        aria-modal={isPhone || undefined}
        data-side-panel
        aria-labelledby={headingId}
        tabIndex={-1}
      >
        <Group className={classes.head} justify="space-between" wrap="nowrap" gap="sm">
          <Title order={2} id={headingId} tabIndex={-1} data-autofocus style={{ outline: 'none' }}>
            {title}
          </Title>
          <Group gap={4} wrap="nowrap">
            {actions}
            <Tooltip label={`${t('close')} (Esc)`}>
              <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t('close')}>
                <IconX size={18} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        <div className={classes.body}>{children}</div>
      </div>
    </FocusTrap>
  );
}
