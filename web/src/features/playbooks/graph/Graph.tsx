import {
  Background,
  BackgroundVariant,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Connection,
  type Edge,
  type Node,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { ActionIcon, Tooltip, useComputedColorScheme } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepKind, Step } from '../playbook';
import { usePortWords } from '../use-step-words';
import { ArrowLine, type ArrowData } from './ArrowLine';
import { wayId, type Decoration } from './decoration';
import type { Place } from './edit';
import { firstView } from './first-view';
import classes from './Graph.module.css';
import {
  endSize,
  neighbour,
  pictureOf,
  startId,
  startSize,
  stepSize,
  type Arrow,
  type Picture,
  type Spot,
} from './layout';
import type { PortName } from './ports';
import { EndNode, StartNode, StepNode, type StepNodeData } from './StepNode';

export interface GraphProps {
  /** The first one is where a run begins. */
  steps: readonly Step[];
  label: string;
  /** What starts it, in a few words. */
  startWords: string;
  /** Key of a step, or `startId`. */
  selected?: string | null;
  onSelect?: (id: string | null) => void;
  decoration?: Decoration;
  /** Arrows that are drawn but no longer there. */
  ghosts?: readonly Arrow[];
  /** Where given, the graph can be edited. */
  editing?: {
    onInsert: (place: Place, kind: StepKind) => void;
    onConnect: (place: Place, to: string | null) => void;
    onRemove: (key: string) => void;
  };
}

const nodeTypes = { start: StartNode, step: StepNode, end: EndNode };
const edgeTypes = { arrow: ArrowLine };
const none: Decoration = {};
const sizes = { start: startSize, step: stepSize, end: endSize };

export default function Graph(props: GraphProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas(props: GraphProps) {
  const { steps, label, selected, onSelect, ghosts, editing } = props;
  const { t } = useTranslation('playbooks');
  const scheme = useComputedColorScheme('light');
  const box = useRef<HTMLDivElement>(null);
  const picture = useMemo(() => pictureOf(steps, ghosts), [steps, ghosts]);
  const nodes = useNodes(picture, props);
  const edges = useEdges(picture, props);
  const [isPlaced, setPlaced] = useState(false);
  useFocusOnSelected(box, selected, isPlaced);
  const { setViewport } = useReactFlow();
  const showFirst = async () => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = box.current ?? {};
    await setViewport(firstView(picture.spots, { width, height }));
    setPlaced(true);
  };

  const placeOf = ({ source, sourceHandle }: { source: string; sourceHandle?: string | null }): Place => ({
    from: source === startId ? null : source,
    port: (sourceHandle ?? 'next') as PortName,
  });
  const targetOf = (target: string) => (steps.some(({ key }) => key === target) ? target : null);
  const onKeyDown = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')?.dataset.id;
    // Not from within a button on the picture.
    if (id === undefined || (event.target as HTMLElement).closest('button')) return;
    const direction = directions[event.key];
    if (event.key === 'Enter' || event.key === ' ') onSelect?.(id);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && editing && targetOf(id)) editing.onRemove(id);
    else if (direction) {
      const next = neighbour(picture, id, direction);
      if (next) focusNode(box.current, next);
    } else return;
    event.preventDefault();
  };
  return (
    <div ref={box} className={classes.canvas} role="group" aria-label={label} onKeyDown={onKeyDown}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        onInit={() => void showFirst()}
        minZoom={0.2}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={editing !== undefined}
        elementsSelectable={false}
        edgesFocusable={false}
        edgesReconnectable={editing !== undefined}
        deleteKeyCode={null}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          'node.a11yDescription.default': t('graph.nodeHelp'),
          'node.a11yDescription.keyboardDisabled': t('graph.nodeHelp'),
          'handle.ariaLabel': t('graph.handle'),
        }}
        onNodeClick={(_, { id }) => onSelect?.(id)}
        onPaneClick={() => onSelect?.(null)}
        onConnect={(connection: Connection) => editing?.onConnect(placeOf(connection), targetOf(connection.target))}
        onReconnect={(edge: Edge, connection: Connection) => {
          if (edge.source !== connection.source) return;
          editing?.onConnect(placeOf(edge), targetOf(connection.target));
        }}
        isValidConnection={({ source, target }) => source !== target && target !== startId}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
        <Zoom />
      </ReactFlow>
    </div>
  );
}

const directions: Partial<Record<string, 'up' | 'down' | 'left' | 'right'>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

function focusNode(box: HTMLElement | null, id: string) {
  box?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
}

/** A step that was chosen elsewhere, in the list or by an undo, comes into sight. */
function useFocusOnSelected(
  box: React.RefObject<HTMLDivElement | null>,
  selected: string | null | undefined,
  isPlaced: boolean,
) {
  const { getNode, setCenter, getZoom, getViewport } = useReactFlow();
  useEffect(() => {
    const node = selected && isPlaced ? getNode(selected) : undefined;
    const frame = box.current;
    if (!node || !frame) return;
    const { x, y, zoom } = getViewport();
    const left = node.position.x * zoom + x;
    const top = node.position.y * zoom + y;
    const isSeen =
      left > -20 &&
      top > -20 &&
      left + stepSize.width * zoom < frame.clientWidth + 20 &&
      top + stepSize.height * zoom < frame.clientHeight + 20;
    if (!isSeen)
      void setCenter(node.position.x + stepSize.width / 2, node.position.y + stepSize.height / 2, { zoom: getZoom() });
  }, [box, selected, isPlaced, getNode, setCenter, getZoom, getViewport]);
}

function useNodes({ spots, ports }: Picture, { selected, decoration = none, editing, startWords }: GraphProps): Node[] {
  const { t } = useTranslation('playbooks');
  return useMemo(
    () =>
      spots.map((spot): Node => {
        const { id, type, x, y } = spot;
        return {
          id,
          type,
          position: { x, y },
          ...sizes[type],
          data: dataOf(spot, ports.get(id) ?? [], {
            selected,
            decoration,
            isEditing: editing !== undefined,
            startWords,
          }),
          focusable: type !== 'end',
          ariaLabel: type === 'end' ? t('graph.end') : type === 'start' ? startWords : undefined,
          ...(type === 'end' && { domAttributes: { 'aria-hidden': true } }),
        };
      }),
    [spots, ports, selected, decoration, editing, startWords, t],
  );
}

interface Shown {
  selected: string | null | undefined;
  decoration: Decoration;
  isEditing: boolean;
  startWords: string;
}

function dataOf(
  { id, step }: Spot,
  ports: StepNodeData['ports'],
  { selected, decoration, isEditing, startWords }: Shown,
): StepNodeData {
  const { lit } = decoration;
  return {
    step,
    ports,
    startWords,
    isSelected: selected === id,
    isEditing,
    isAt: decoration.at === id,
    isQuiet: lit !== undefined && step !== undefined && !lit.has(id),
    faults: decoration.faults?.get(id) ?? [],
    count: decoration.counts?.get(id),
    failed: decoration.failed?.get(id),
    change: decoration.changes?.get(id),
  };
}

function useEdges({ arrows }: Picture, { steps, decoration = none, editing }: GraphProps): Edge<ArrowData>[] {
  const words = usePortWords();
  return useMemo(
    () =>
      arrows.map((arrow): Edge<ArrowData> => {
        const way = wayId(arrow.from, arrow.port);
        const step = steps.find(({ key }) => key === arrow.from);
        const change = decoration.arrowChanges?.get(arrow.id);
        return {
          id: arrow.id,
          type: 'arrow',
          source: arrow.source,
          target: arrow.target,
          sourceHandle: arrow.port,
          reconnectable: editing && change !== 'removed' ? 'target' : false,
          data: {
            place: { from: arrow.from, port: arrow.port },
            via: arrow.via,
            wordsAt: arrow.words,
            words: words(step, arrow.port, arrow.label),
            flow: decoration.flows?.get(way),
            isLit: decoration.litWays?.has(way) ?? false,
            isQuiet: decoration.litWays !== undefined && !decoration.litWays.has(way),
            change,
            onInsert: change === 'removed' ? undefined : editing?.onInsert,
          },
        };
      }),
    [arrows, steps, decoration, editing, words],
  );
}

function Zoom() {
  const { t } = useTranslation('playbooks');
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const buttons = [
    { label: t('graph.zoomIn'), icon: IconPlus, run: () => void zoomIn() },
    { label: t('graph.zoomOut'), icon: IconMinus, run: () => void zoomOut() },
    { label: t('graph.fit'), icon: IconFocusCentered, run: () => void fitView({ maxZoom: 1, padding: 0.06 }) },
  ];
  return (
    <Panel position="bottom-left" className={classes.zoom}>
      {buttons.map(({ label, icon: Icon, run }) => (
        <Tooltip key={label} label={label} position="right">
          <ActionIcon variant="default" size={28} aria-label={label} onClick={run}>
            <Icon size={15} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ))}
    </Panel>
  );
}
