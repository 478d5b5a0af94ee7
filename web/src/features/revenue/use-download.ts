import { useCallback } from 'react';
import { requestRaw } from '../../api/client';
import { download } from '../../components/chart/csv';
import { showProblem } from '../../components/toast';

/** Fetches a file as the viewer (their language, their rights) and hands it over. */
export function useDownload(): (path: string, fileName: string) => void {
  return useCallback((path, fileName) => {
    requestRaw(path)
      .then((response) => response.blob())
      .then((content) => download(content, fileName))
      .catch(showProblem);
  }, []);
}
