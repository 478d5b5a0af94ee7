import { useViewer } from '../../lib/viewer';

/** Leaders and administrators change definitions; everybody reads them. */
export function useMayDefine(): boolean {
  const { role } = useViewer();
  return role === 'admin' || role === 'leader';
}
