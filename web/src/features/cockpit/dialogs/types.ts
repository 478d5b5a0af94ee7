import type { Call } from '../../../api/work';

export interface DeedFormProps {
  /** At least one. */
  calls: readonly Call[];
  onClose: () => void;
  onDone?: () => void;
}
