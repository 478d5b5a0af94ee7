import { createContext, useContext, useMemo, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScorecardGroup } from '../types';
import { childrenOf, groupAt, mayMove, moveBy, moveTo, pathText, type GroupPath, type Place } from './tree';

/** Where something would be dropped: before the sibling at `index`. */
interface Target {
  parent: GroupPath;
  kind: Place['kind'];
  index: number;
}

interface Reordering {
  dragged: Place | null;
  target: Target | null;
  begin: (place: Place) => void;
  aim: (target: Target | null) => void;
  drop: () => void;
  cancel: () => void;
  /** By the keys: one step among the siblings. `name` is said to screen readers. */
  step: (place: Place, step: -1 | 1, name: string) => void;
  move: (place: Place, parent: GroupPath) => void;
  groups: readonly ScorecardGroup[];
}

const ReorderContext = createContext<Reordering | null>(null);

const idOfHandle = (key: string) => `handle-${key}`;

/** The key of what lies at a place. */
function keyAt(groups: readonly ScorecardGroup[], { kind, parent, index }: Place): string | undefined {
  if (kind === 'group') return groupAt(groups, [...parent, index])?.key;
  return childrenOf(groups, parent).measures[index]?.measure;
}

interface ReorderProviderProps {
  groups: readonly ScorecardGroup[];
  onChange: (groups: ScorecardGroup[]) => void;
  children: ReactNode;
}

/** Lets groups and measures be moved by drag, by the arrow keys on their handles, and by their menus. */
export function ReorderProvider({ groups, onChange, children }: ReorderProviderProps) {
  const { t } = useTranslation('settings');
  const [dragged, setDragged] = useState<Place | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const [said, setSaid] = useState('');
  const value = useMemo((): Reordering => {
    const rest = () => {
      setDragged(null);
      setTarget(null);
    };
    return {
      dragged,
      target,
      groups,
      begin: setDragged,
      aim: setTarget,
      cancel: rest,
      drop: () => {
        if (dragged && target) onChange(moveTo(groups, dragged, target.parent, target.index));
        rest();
      },
      step: (place, step, name) => {
        const { measures, groups: siblings } = childrenOf(groups, place.parent);
        const count = place.kind === 'group' ? siblings.length : measures.length;
        const index = place.index + step;
        if (index < 0 || index >= count) return;
        const key = keyAt(groups, place);
        onChange(moveBy(groups, place, step));
        setSaid(t('order.moved', { name, place: index + 1, total: count }));
        // The browser lets go of the focus when the row is put elsewhere in the document.
        requestAnimationFrame(() => document.getElementById(idOfHandle(key ?? ''))?.focus());
      },
      move: (place, parent) => {
        const { measures, groups: siblings } = childrenOf(groups, parent);
        onChange(moveTo(groups, place, parent, place.kind === 'group' ? siblings.length : measures.length));
      },
    };
  }, [dragged, target, groups, onChange, t]);
  return (
    <ReorderContext value={value}>
      {children}
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </ReorderContext>
  );
}

/** Absent where one may only look. */
export function useReordering(): Reordering | null {
  return useContext(ReorderContext);
}

/** What the handle of a row needs to be dragged and to be moved by the arrow keys. */
export function handleProps(reordering: Reordering, place: Place, name: string) {
  return {
    id: idOfHandle(keyAt(reordering.groups, place) ?? ''),
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      // Firefox begins no drag without data.
      event.dataTransfer.setData('text/plain', name);
      reordering.begin(place);
    },
    onDragEnd: () => reordering.cancel(),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      reordering.step(place, event.key === 'ArrowUp' ? -1 : 1, name);
    },
  };
}

/** The drop itself; without it some browsers open what was dropped as a page. */
export function takesDrop(reordering: Reordering) {
  return {
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      reordering.drop();
    },
  };
}

/** Makes a row take what is dragged over its upper or lower half; `data-drop` tells on which side the line is drawn. */
export function dropProps(reordering: Reordering | null, place: Place) {
  if (!reordering?.dragged || reordering.dragged.kind !== place.kind) return {};
  const { dragged, target } = reordering;
  if (!mayMove(reordering.groups, dragged, place.parent)) return {};
  const isHere = target?.kind === place.kind && pathText(target.parent) === pathText(place.parent);
  const side = !isHere
    ? undefined
    : target.index === place.index
      ? 'before'
      : target.index === place.index + 1
        ? 'after'
        : undefined;
  return {
    'data-drop': side,
    ...takesDrop(reordering),
    onDragOver: (event: DragEvent<HTMLElement>) => {
      event.preventDefault();
      event.stopPropagation();
      const { top, height } = event.currentTarget.getBoundingClientRect();
      const isLower = event.clientY > top + height / 2;
      const index = place.index + Number(isLower);
      if (!isHere || target.index !== index) reordering.aim({ kind: place.kind, parent: place.parent, index });
    },
  };
}
