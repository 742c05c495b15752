// Blocks 1 and 7: reading files of git revisions.
import { entry } from './entry.ts';

export const git = {
  NP1020: entry<{ revision: string }>({
    name: 'UNKNOWN_REVISION',
    severity: 'error',
    message: ({ revision }) => `\`${revision}\` is no commit or tree of this repository`,
    hint: () => 'git branch -a and git tag list names; git fetch brings what others have pushed',
    explanation:
      'In `git:REVISION:PATH`, REVISION is a branch, a tag, the name of a commit or of a tree, or an expression such as `HEAD~1`, as gitrevisions(7) describes them. Clones made for CI often hold one commit and no other branch.',
    example: {
      wrong: 'netpolc trace git:mian:policies/ -s cluster.json …',
      right: 'netpolc trace git:main:policies/ -s cluster.json …',
    },
  }),
  NP1021: entry<Readonly<Record<string, never>>>({
    name: 'NOT_A_REPOSITORY',
    severity: 'error',
    message: () => 'the command does not run in a git repository',
    hint: () => 'change to a folder of the repository; a file whose name begins with `git:` is `./git:…`',
    explanation: '`git:REVISION:PATH` names files in the repository that the command runs in, as git finds it.',
    example: {
      wrong: 'netpolc ir git:main:policies/     (in /tmp)',
      right: 'cd shop && netpolc ir git:main:policies/',
    },
  }),
  NP1022: entry<{ file: string; submodule: string }>({
    name: 'SUBMODULE',
    severity: 'error',
    message: ({ file, submodule }) =>
      `\`${file}\` needs files of the submodule \`${submodule}\`, which are in another repository`,
    hint: () => 'name the folders beside it one by one, and its files from a checkout of their own',
    explanation:
      'A revision holds only the name of a commit for a submodule. Its files are not in this repository, and leaving them out could lose a policy.',
    example: {
      wrong: 'netpolc ir git:main:     (where vendor/ is a submodule)',
      right: 'netpolc ir git:main:policies/ vendor/policies/',
    },
  }),
  NP1023: entry<{ file: string }>({
    name: 'LFS_POINTER',
    severity: 'error',
    message: ({ file }) => `\`${file}\` is a pointer of Git LFS and not the file itself`,
    hint: () => 'check the revision out with git-lfs installed (git worktree add), and name the files there',
    explanation:
      'The revision holds a short text that says where Git LFS keeps the file. netpolc reads what is in the repository and fetches nothing.',
    example: {
      wrong: 'netpolc ir -s git:main:cluster.json',
      right: 'git worktree add ../main main && netpolc ir -s ../main/cluster.json',
    },
  }),
  NP1024: entry<Readonly<Record<string, never>>>({
    name: 'INCOMPLETE_CLONE',
    severity: 'error',
    message: () => 'this clone lacks files of the revision',
    hint: () => 'git fetch --refetch --no-filter brings them; netpolc fetches nothing',
    explanation:
      'A partial clone (`git clone --filter=…`) fetches files when they are first needed. netpolc does not let git do so: where to fetch from, and through which program, is said by the configuration of the repository, which may be a stranger’s.',
    example: {
      wrong: 'git clone --filter=blob:none … && netpolc ir git:HEAD~1:policies/',
      right: 'git clone … && netpolc ir git:HEAD~1:policies/',
    },
  }),
  NP7012: entry<{ repository: string }>({
    name: 'REPOSITORY_NOT_TRUSTED',
    severity: 'error',
    message: ({ repository }) => `git does not open \`${repository}\`, because it belongs to another user`,
    hint: ({ repository }) => `if you trust it: git config --global --add safe.directory '${repository}'`,
    explanation:
      'Git opens no repository of another user unless its folder is listed as `safe.directory`. In containers this happens when the sources were checked out by another user than the one who runs netpolc. The exit code is 4.',
    example: {
      wrong: 'sudo netpolc ir git:main:policies/     (in the clone of a service user)',
      right: 'netpolc ir git:main:policies/     (as the user who made the clone)',
    },
  }),
};
