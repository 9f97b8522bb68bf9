"""This module says where the papers' longer words may be broken at the end of a line."""

_WORDS = """
abla-tion ac-cord-ing ac-cu-ra-cy ad-di-tion-al af-ter-wards ag-gres-sive al-go-rithm
al-though an-chors an-no-ta-tors an-oth-er ap-pear-ance ap-pen-dix ap-proach ap-prox-i-ma-tion
ap-prox-i-mate ar-range-ment as-sump-tion as-sump-tions at-ten-tion au-to-re-gres-sive
av-er-age avail-able back-ground base-line base-lines be-cause be-fore-hand be-tween
bound-aries bound-ary brack-ets cal-cu-la-tors cal-i-brat-ed cal-i-bra-tion cal-lig-ra-phy
char-ac-ter char-ac-ters clin-i-cal col-lec-tion col-lec-tions com-mon com-par-i-son
com-pared com-pares com-plete-ly com-pu-ta-tion com-pu-ting con-clu-sion con-di-tion
con-di-tions con-fi-dence con-firmed con-sec-u-tive con-sid-er con-stant con-sump-tion
con-tain-ing con-trib-ute con-tri-bu-tion con-tri-bu-tions con-ver-gence cor-rect-ed
cor-re-la-tion cor-re-sponds coun-try dat-a-sets data-set data-sets de-noised de-nois-ing
de-pends de-scribed de-vel-op de-vel-op-ment de-vi-a-tion dif-fer-ence dif-fer-ences
dif-fer-ent dif-fi-cult dif-fu-sion dis-card-ed dis-crete dis-cus-sion dis-tance
dis-til-la-tion dis-tri-bu-tion dis-tri-bu-tions doc-u-ment doc-u-ments elec-tric-i-ty
en-er-gy es-ti-mate es-ti-mat-ed es-ti-mates eval-u-ate eval-u-at-ed eval-u-a-tion
eval-u-a-tions ex-am-ple ex-am-ples ex-pen-sive ex-per-i-ment ex-per-i-ments ex-plains
ex-pres-sion ex-pres-sions fig-ures fol-lowed fol-low-ing fore-cast fore-cast-er
fore-cast-ers fore-casts for-get-ting for-got-ten for-ward fur-ther gen-er-ate gen-er-at-ed
gen-er-a-tor gen-er-a-tors gra-di-ent guid-ance hard-ware his-to-gram his-to-grams
how-ev-er il-lus-tra-tion im-age-ry im-por-tant im-prove-ment im-proves in-cludes
in-creas-es in-de-pen-dent in-di-vid-ual in-stead in-stru-ment in-ter-me-di-ate
in-ter-pre-ta-tion in-ter-val in-ter-vals it-er-a-tion it-er-a-tions lab-o-ra-tories
lab-o-ra-tory lan-guage lan-guages learn-ing like-li-hood lim-i-ta-tion lim-i-ta-tions
ma-chine ma-chines mea-sure mea-sured mea-sure-ment mea-sure-ments mech-a-nism med-i-cine
mem-o-ry me-te-o-rol-o-gy min-i-mum mod-els neigh-bour-hood neigh-bour-hoods net-work
net-works net-work-ing nois-i-er ob-served oth-er-wise op-er-a-tion op-er-a-tions
op-ti-mal op-ti-mis-er or-di-nary pa-ram-e-ter pa-ram-e-ters par-tic-i-pant
par-tic-i-pants par-tic-u-lar pa-tients per-cent-age per-for-mance phy-si-cian
phy-si-cians pic-ture pic-tures po-si-tion po-si-tions pos-si-ble pre-dict pre-dict-ed
pre-dic-tion pre-dicts pre-ferred pres-sure pre-vi-ous prob-a-bil-i-ty prob-lem
pro-ce-dure pro-duce pro-duces pro-por-tion-al pro-posed quan-ti-ty ques-tion
re-al-is-tic re-cord-ed re-cord-ing re-cord-ings ref-er-ence ref-er-ences re-fine-ment
re-gion-al re-gions re-hears-al re-hearse re-jects re-la-tion-ship re-main-ing
re-mem-ber re-mem-bered re-paired re-peat-ed re-port-ed re-ports rep-re-sen-ta-tion
re-quires re-search re-sid-ual re-sid-u-als re-spec-tive-ly re-verse-ly sam-pler sam-plers
sam-pling sched-ule sched-ules sec-ond sec-onds se-lect-ed se-lects se-quence se-quences
set-tings sev-er-al sig-nif-i-cant sim-i-lar sim-i-lar-i-ty sin-gu-lar so-lu-tion
so-lu-tions some-times spec-i-men speck-le sta-tis-ti-cal stop-ping strat-e-gy strong-est
struc-tur-al struc-ture sub-jects sup-port-ed syn-tax teach-ers tem-plate tem-plates
ten-den-cy the-o-rem there-fore thresh-old thresh-olds to-geth-er tra-jec-tories
tra-jec-to-ry train-ing trans-lat-ed trans-la-tion trans-port treat-ment tur-bu-lence
tur-bu-lent ul-tra-sound un-changed un-cer-tain-ty un-der-stand un-matched un-paired
un-til us-ing val-i-da-tion val-ue val-ues vari-ance ver-sion vis-i-ble weath-er weight-ed
with-out writ-able wheth-er de-cides cov-er-age hori-zon op-er-a-tional av-er-aged
sub-stan-tial-ly prac-tice prac-ti-cal mul-ti-ple prob-a-bil-i-ties com-par-i-sons
con-sis-tent in-for-ma-tion ob-ser-va-tion ob-ser-va-tions ini-tial-ly con-nect-ed
au-to-mat-ic au-to-mat-i-cal-ly con-di-tioned per-mu-ta-tion neigh-bours ex-act-ly
mea-sur-ing ad-ja-cent com-put-ed con-sists de-scribes par-tial com-ments
"""

SYLLABLES = {word.replace("-", ""): tuple(word.split("-")) for word in _WORDS.split()}
