import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp, IconPlayerPlay, IconSettings } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds, type Definition } from '../../../api/definitions';
import { DraftBar } from '../../../components/definitions/DraftBar';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine } from '../../../lib/viewer';
import type { Decoration } from '../graph/decoration';
import { GraphView } from '../graph/GraphView';
import { startId } from '../graph/layout';
import type { PlaybookBody } from '../playbook';
import { checkQuery } from '../requests';
import { sameBody, tidy, withDefaults } from '../tidy';
import { useStartWords } from '../use-start-words';
import { DryRunPanel } from './DryRunPanel';
import { faultsByStep } from './faults';
import { Inspector } from './Inspector';
import { Outline } from './Outline';
import { SwitchView } from './FlowFields';
import { useEditor, type Editor } from './use-editor';
import classes from './Editor.module.css';

const check_ms = 500;

interface PlaybookEditorProps {
  definition: Definition<Partial<PlaybookBody>>;
  /** How the playbook is looked at; undefined: as fits the screen. */
  view: 'graph' | 'list' | undefined;
  onView: (view: 'graph' | 'list') => void;
}

/** The graph with the form of what is chosen in it, as a draft. */
export function PlaybookEditor({ definition, view, onView }: PlaybookEditorProps) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const isBelow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const stored = definition.draft_body ?? definition.body;
  const [saved] = useState(() => withDefaults(stored ?? {}));
  const editor = useEditor(saved);
  const [isDry, setDry] = useState(false);
  const inspector = useInSight(isBelow && (isDry ? 'dry' : editor.selected));
  const [dryDecoration, setDryDecoration] = useState<Decoration>();
  const [asked] = useDebouncedValue(editor.body, check_ms);
  const check = useQuery({ ...checkQuery(definition.key, asked), enabled: mayDefine });
  const faults = useMemo(() => faultsByStep(check.data?.faults ?? [], language), [check.data, language]);
  const startWords = useStartWords()(editor.body.start);
  const shown = view ?? (isNarrow ? 'list' : 'graph');
  const decoration = useMemo<Decoration>(() => ({ faults: faults.steps, ...dryDecoration }), [faults, dryDecoration]);
  const picture = {
    steps: editor.body.steps,
    label: t('graph.label', { name: editor.body.name[language] || definition.key }),
    startWords,
    selected: editor.selected,
    onSelect: (id: string | null) => {
      editor.select(id);
      if (id !== null) setDry(false);
    },
    decoration,
    ...(mayDefine && {
      editing: { onInsert: editor.insert, onConnect: editor.connect, onRemove: editor.remove },
    }),
  };
  return (
    // The keys belong to all that is in here, and only while one is in here.
    <div onKeyDown={(event) => undoByKey(event, editor)} role="presentation">
      <DraftBar definition={definition} isChanged={!sameBody(editor.body, saved)} />
      <Toolbar
        editor={editor}
        saved={saved}
        definition={definition}
        view={shown}
        onView={onView}
        isDry={isDry}
        onDry={() => setDry((now) => !now)}
        faults={faults.others.length + [...faults.steps.values()].flat().length}
      />
      <div className={classes.frame}>
        <div className={classes.picture} data-list={shown === 'list' || undefined}>
          {shown === 'list' ? <Outline {...picture} /> : <GraphView {...picture} />}
        </div>
        <div ref={inspector} className={classes.inspector} role="region" aria-label={t('inspector')} tabIndex={0}>
          {isDry ? (
            <DryRunPanel
              playbookKey={definition.key}
              body={asked}
              onDecoration={setDryDecoration}
              onClose={() => setDry(false)}
            />
          ) : (
            <Inspector editor={editor} readOnly={!mayDefine} faults={faults} />
          )}
        </div>
      </div>
    </div>
  );
}

/** Where the form stands below the graph, choosing a step brings it into sight. */
function useInSight(chosen: string | false | null) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'start' });
  }, [chosen]);
  return element;
}

function undoByKey(event: KeyboardEvent, editor: Editor) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const isRedo = key === 'y' || (key === 'z' && event.shiftKey);
  if (key !== 'z' && !isRedo) return;
  event.preventDefault();
  if (isRedo) editor.redo();
  else editor.undo();
}

interface ToolbarProps {
  editor: Editor;
  saved: PlaybookBody;
  definition: Definition<Partial<PlaybookBody>>;
  view: 'graph' | 'list';
  onView: (view: 'graph' | 'list') => void;
  isDry: boolean;
  onDry: () => void;
  faults: number;
}

function Toolbar({ editor, saved, definition, view, onView, isDry, onDry, faults }: ToolbarProps) {
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const { saveDraft } = useDefinitionDeeds<PlaybookBody>('playbook', definition.key);
  const isChanged = !sameBody(editor.body, saved);
  const save = () =>
    carryOut(saveDraft, tidy(editor.body), {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['playbooks'] });
        showToast(t('saved'));
      },
    });
  return (
    <>
      <div className={classes.toolbar} role="toolbar" aria-label={t('toolbar.label')}>
        <SwitchView
          label={t('toolbar.view')}
          values={(['graph', 'list'] as const).map((value) => ({ value, label: t(`toolbar.${value}`) }))}
          value={view}
          onChange={onView}
        />
        {mayDefine && (
          <>
            <Tool label={t('toolbar.undo')} icon={IconArrowBackUp} isOff={!editor.canUndo} onClick={editor.undo} />
            <Tool label={t('toolbar.redo')} icon={IconArrowForwardUp} isOff={!editor.canRedo} onClick={editor.redo} />
          </>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSettings size={14} aria-hidden />}
          onClick={() => editor.select(startId)}
        >
          {t('settings.title')}
        </Button>
        <Button
          size="xs"
          variant={isDry ? 'filled' : 'default'}
          aria-pressed={isDry}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={onDry}
        >
          {t('dry.title')}
        </Button>
        {mayDefine && faults > 0 && (
          <Button size="xs" variant="subtle" color="red" onClick={() => editor.select(null)}>
            {t('faults.count', { count: faults, formatted: format.number(faults) })}
          </Button>
        )}
        <span className={classes.gap} />
        {mayDefine && (
          <Group gap={8}>
            {isChanged && (
              <Button size="xs" variant="default" onClick={editor.reset}>
                {t('revert')}
              </Button>
            )}
            <Button size="xs" onClick={save} disabled={!isChanged} loading={saveDraft.isPending}>
              {t('save')}
            </Button>
          </Group>
        )}
      </div>
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
    </>
  );
}

interface ToolProps {
  label: string;
  icon: typeof IconArrowBackUp;
  isOff: boolean;
  onClick: () => void;
}

function Tool({ label, icon: Icon, isOff, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={isOff} onClick={onClick}>
        <Icon size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
