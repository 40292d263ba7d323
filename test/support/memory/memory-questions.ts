import type { GroupQuestion, GroupQuestionStore } from '#src/app/ports/stores.ts';

export function memoryQuestions(): GroupQuestionStore {
  const rows = new Map<string, GroupQuestion>();
  return {
    add: (question) => {
      if (!rows.has(question.id)) rows.set(question.id, Object.freeze({ ...question }));
      return Promise.resolve();
    },
    before: (atMs, limit) =>
      Promise.resolve(
        [...rows.values()]
          .filter((row) => row.atMs < atMs)
          .sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      ),
    forget: (ids) => {
      for (const id of ids) rows.delete(id);
      return Promise.resolve();
    },
  };
}
