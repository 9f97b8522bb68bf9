"""This module is a small glossary of the trade: Chinese words, and how English ones for it begin.

It lets a clause in Chinese be compared with English sentences: a word whose English stands in them
is theirs. It needs no more than the words that digests use most, since terms keep their English.
"""

import re
from collections.abc import Collection, Iterator

_ENTRIES = """
范式=paradigm 有力=power,strong 歧义=ambigu 困扰=struggl,suffer,plagu 完美=perfect 遍历=travers
路径=rout,path,trajector 主=main,primar 不佳=bad,poor,weak,worse,suboptim 很好=well,good
继续=continu 两个=two,both,dual,pair 半=semi,half 有=ha,with,contain,there,own,consist
没有=no,without,lack,not,never,miss 同一=same,one,single 彼此=each,other,together,mutual
两次=two,twice 共有=shar,total,in 上述=above,such 训练=train,learn,tun 预训练=pretrain,pre
微调=fine,tun 学习=learn 模型=model 网络=network,net 神经=neural,cnn,dnn
神经网络=neural,network,cnn,dnn 深度=deep,depth 卷积=convol,cnn 注意力=attention 变换器=transformer
编码器=encod 解码器=decod 编码=encod,cod 解码=decod 生成=generat,creat,produc,synth,yield
生成器=generator 判别=discrimin 对抗=advers,gan 扩散=diffus 自回归=autoregress,auto
语言=language,lingu 大语言模型=llm,language,model 大模型=llm,large,model 视觉=visual,vision
多模态=multimod,multi,modal 模态=modal 图像=image,pictur,photo,visual 图片=image,pictur,photo
视频=video 音频=audio,sound,acoust 语音=speech,voice,speak 文本=text 词=word,token,term
句子=sentence 文档=document 数据=data 数据集=data,benchmark,corpus,set,collection
样本=sample,example,instance 标注=annotat,label 标签=label,tag 特征=featur,characterist
表示=represent,denot 表征=represent 嵌入=embed 向量=vector 矩阵=matri 张量=tensor 参数=param
权重=weight 层=layer 模块=modul,block 结构=structur,architect 架构=architect,structur
框架=framework 系统=system 平台=platform 流程=pipelin,workflow,process 工作流=workflow
流水线=pipelin 方法=method,approach,techniq 算法=algorithm 策略=strateg,polic 机制=mechanism
方案=solution,scheme,approach 技术=techni,technolog 工具=tool 任务=task
问题=problem,issue,question,challeng 挑战=challeng,difficult 困难=difficult,hard,challeng
难以=difficult,struggl,hard,challeng,cannot,fail,unable 目标=target,goal,objectiv,aim 应用=appli
场景=scen,setting,situation 环境=environment,envir 领域=domain,field,area 性能=perform
效果=perform,effect,result,qualit 效率=efficien 高效=efficien 有效=effectiv,effic,successful
有效性=effectiv,effic 精度=accura,precis 准确率=accura 准确=accura,precis,correct
正确=correct,right 正确率=correct,accura 精确=precis,accura,exact 质量=qualit
速度=speed,fast,rate,slow 快=fast,quick,speed,rapid 快速=fast,quick,rapid,speed 慢=slow 缓慢=slow
加速=accelerat,speed,fast 延迟=latenc,delay 时间=time,tempor 实时=real,time 实时性=real,time
成本=cost,expens,overhead 代价=cost,expens,exchange,price,trade 昂贵=expens,cost 开销=overhead,cost
高昂=high,expens,cost 计算=comput,calculat 计算量=comput 内存=memor 显存=memor,gpu 存储=stor,memor
资源=resourc 能耗=energ,power 复杂度=complex 复杂=complex,intricat,complicat 简单=simple,easy
轻量=light,small 轻量级=light 大规模=large,scale,massiv 规模=scale,size 大小=size
大量=larg,many,numer,extensiv,massiv,substant,amount,considerab 少量=few,small,limited
多种=vari,divers,multi,differ,range,sever,across 各种=vari,divers,differ,range
多个=multi,sever,vari,many 多样=divers,vari 多样性=divers,vari 不同=differ,vari,divers,across
单一=single,one 单个=single,one 单张=single 全部=all,entire,full,whole 整个=entire,whole,full
完整=complete,full,whole,entire 部分=part,some,portion 局部=local 全局=global
整体=overall,whole,holist 底层=low,under 高层=high 上层=upper 中间=intermediat,mid
后续=subsequent,follow,later,downstream 下游=downstream 初始=initial 最终=final,last,end
现有=exist,current,prior,previous,state,available 已有=exist,current,prior,previous
当前=current,present,now 目前=current,now,today 近期=recent 近年=recent
以往=previous,prior,past,earlier 此前=previous,prior,earlier
传统=tradition,convention,classic,standard 经典=classic 标准=standard,baselin 主流=main,popular
常用=common,popular,wide 广泛=wide,extens,broad,common,range,comprehens 通用=general,univers,common
专门=special,dedicat,specif 专用=specif,special,dedicat 特定=specif,particular,certain,given
关键=key,critical,crucial,important,essential
重要=import,signific,crucial,critical,essential,key,vital 重要性=import,signific
主要=main,primar,major,mostly,key,predomin,principal,most 核心=core,key,central,heart
基本=basic,fundamental 基础=bas,found,fundament,ground 根本=fundament
显著=signific,substant,consider,remark,notab,great,larg,dramatic,marked
明显=signific,clear,obvious,notab,consider,substant
大幅=signific,large,substant,great,margin,dramatic 大大=great,signific,large
进一步=further,also,addition,moreover 改进=improv,enhanc,better,advance
提升=improv,enhanc,boost,increas,gain,rais,better 提高=improv,enhanc,increas,boost,rais,higher,gain
增强=enhanc,augment,strength,improv,boost 增加=increas,add,more,grow
降低=reduc,decreas,lower,declin,degrad,less,drop,cut 减少=reduc,decreas,fewer,less,lower,cut,minimi
下降=drop,decreas,degrad,declin,reduc,fall,lower 缩短=short,reduc,cut 节省=sav,reduc,gain
缓解=mitigat,alleviat,eas,reduc,reliev 避免=avoid,prevent,without,circumvent,eliminat
防止=prevent,avoid 消除=eliminat,remov 去除=remov,eliminat,denois 去噪=denois,noise 噪声=nois
优于=outperform,better,surpass,superior,exceed,over,than,beat
超过=exceed,surpass,outperform,over,more,than,above,beyond
超越=surpass,outperform,exceed,beyond,beat 相当=compar,par,competitiv,similar,match 可比=compar
竞争力=competitiv 领先=lead,state,outperform,best,superior 最先进=state,art,sota,advanced
先进=advanced,state 最优=optim,best,state 最佳=best,optim 最好=best 优化=optim
优势=advantag,strength,benefit,superior 优点=advantag,strength,benefit
缺点=drawback,disadvantag,limit,weak 不足=limit,lack,insufficient,shortcom,drawback,inadequat
局限=limit,restrict,drawback 局限性=limit 限制=limit,restrict,constrain,hinder
受限=limit,restrict,constrain 缺乏=lack,absen,without,scarc 缺少=lack,miss,without 依赖=rel,depend
依靠=rel,depend 基于=bas,rel,using,upon 利用=us,leverag,exploit,util,employ
使用=us,employ,util,adopt,leverag,apply,with 采用=us,adopt,employ,util,leverag,apply,with
通过=through,by,via,using,with 结合=combin,integrat,incorporat,together,with,coupl
融合=fus,combin,integrat,merg 集成=integrat,ensembl,incorporat 整合=integrat,combin,unif
统一=unif,uniform 合并=merg,combin 联合=joint,combin,together 协同=collaborat,cooperat,joint,synerg
共同=joint,common,together,shar 共享=shar 交互=interact 引入=introduc,incorporat,add,propos,present
加入=add,incorporat,includ,insert
提出=propos,present,introduc,develop,suggest,describ,explor,design
设计=design,develop,devis,propos,introduc 构建=construct,build,built,creat,develop,establish,propos
建立=establish,build,built,creat,construct,develop 开发=develop,build,built,design
实现=achiev,enabl,implement,reali,allow,accomplish,perform 达到=achiev,reach,attain,obtain,up
取得=achiev,obtain,attain,reach,yield,gain,deliver 获得=obtain,achiev,acquir,gain,get,receiv,attain
得到=obtain,get,yield,result,achiev,produc 给出=giv,provid,present,offer
提供=provid,offer,giv,suppl,deliver 支持=support,enabl,allow 允许=allow,enabl,permit
使得=mak,enabl,allow,lead 能够=can,able,enabl,allow,capab,could 可以=can,may,enabl,allow,could,able
可用=usab,availab,us,can 用于=for,us,to 适用=appli,suit 适合=suit,appropriat,fit
适应=adapt,accommodat 自适应=adapt 解决=solv,address,tackl,resolv,overcome
应对=address,tackl,handl,cope,deal,overcome 处理=process,handl,deal,treat,address 分析=analy
研究=stud,research,investigat,explor,examin,work 探索=explor,investigat,stud
探讨=explor,discuss,investigat,stud,examin 考察=examin,investigat,stud,evaluat,explor
评估=evaluat,assess,measur,estimat,validat 测试=test,evaluat
验证=validat,verif,demonstrat,evaluat,confirm,test 实验=experiment,evaluat,empiric,result
结果=result,outcome,finding,experiment
表明=show,demonstrat,indicat,reveal,suggest,find,found,prov,confirm
显示=show,demonstrat,indicat,reveal,suggest,display,exhibit
证明=prov,demonstrat,show,proof,verif,confirm
发现=find,found,discover,show,reveal,observ,identif,uncover,detect
指出=point,identif,show,argu,find,indicat,note 认为=argu,believ,consider,view,claim
揭示=reveal,uncover,show,expos 展示=show,demonstrat,present,exhibit,illustrat,display
描述=describ,descript,caption 介绍=introduc,present,describ 综述=review,survey,overview
回顾=review,revisit,survey 比较=compar 对比=compar,contrast
相比=compar,than,versus,over,relativ,against,vs 相对=relativ,compar
区分=distinguish,differenti,discriminat,separat 分类=classif,categor,class 类别=class,categor
分割=segment,split,partition 检测=detect 识别=recogn,identif,recognition,detect
定位=local,locat,position 跟踪=track 追踪=track,trac 预测=predict,forecast,estimat
估计=estimat,predict 推断=infer,deduc 推理=infer,reason 推荐=recommend 检索=retriev,search
搜索=search 翻译=translat 问答=question,answer,qa 对话=dialog,convers 摘要=summar,abstract
理解=understand,comprehen 感知=percept,perceiv,aware,perceptual,sens 认知=cognit 决策=decision
规划=plan 控制=control 导航=navigat 操作=operat,manipulat 机器人=robot 自动驾驶=autonom,driv,vehicl
自动=automat,auto 无人机=uav,drone,unmanned,aerial 智能体=agent 强化学习=reinforc,rl 奖励=reward
监督=supervis 无监督=unsupervis 自监督=self,supervis 半监督=semi,supervis 对比学习=contrast
迁移=transfer 联邦=federat 泛化=generali,generalis 鲁棒=robust 鲁棒性=robust 稳定=stab,stead
稳定性=stab 一致=consist,coher,agree 一致性=consist,coher 可靠=reliab,trustworth 可靠性=reliab
可扩展=scal,extens 可扩展性=scal,extens 可解释=interpret,explain 可解释性=interpret,explain
灵活=flexib 灵活性=flexib 安全=secur,safe 隐私=privac 攻击=attack 防御=defen 风险=risk
漏洞=vulnerab 脆弱=vulnerab,fragil,brittle 信息=informat 知识=knowledge 语义=semant 上下文=context
提示=prompt,instruct,cue,hint 指令=instruct,command 用户=user 人类=human,people,person
人工=human,manual,artificial,hand 专家=expert 医学=medic,clinic 医疗=medic,clinic,health
临床=clinic 患者=patient 疾病=diseas,illness 诊断=diagnos 手术=surg 病灶=lesion
肿瘤=tumor,tumour,cancer 成像=imag 重建=reconstruct 三维=3d,three,dimension 二维=2d,two,dimension
维度=dimension 空间=spac,spatial 时空=spatio,tempor 几何=geometr 形状=shap 纹理=textur 材质=materi
光照=light,illuminat 渲染=render 视角=view,perspectiv,viewpoint 视图=view 多视角=multi,view
遮挡=occlu 物体=object 对象=object,subject,target 目标检测=object,detect 人脸=face,facial
姿态=pose,postur 动作=motion,action,movement 运动=motion,movement,motor 动态=dynam 静态=static
轨迹=trajector,path 帧=frame 像素=pixel 分辨率=resol 高分辨率=high,resol 低分辨率=low,resol
频率=frequenc 频域=frequenc,spectral 频谱=spectr 信号=signal 波形=wave 音乐=music
声音=sound,audio,voice 说话人=speaker 歌声=sing 乐器=instrument 压缩=compress 量化=quanti 剪枝=prun
蒸馏=distil 缓存=cach 冗余=redundan 稀疏=spars 密集=dens 采样=sampl 采样器=sampler 重采样=resampl
迭代=iterat 步骤=step,stage 阶段=stage,phase 步=step 过程=process,procedur 分布=distribut
概率=probab 统计=statist 误差=error 错误=error,mistak,wrong,incorrect 损失=loss 偏差=bias,deviat
漂移=drift,shift 梯度=gradient 收敛=converg 函数=function 约束=constrain 假设=assum,hypothes
理论=theor 数学=mathemat 证据=evidence 原因=reason,caus,source 影响=impact,effect,affect,influenc
关系=relation 相关=relat,relevan,correlat 相关性=correlat,relevan,relat 依赖关系=depend 相似=simil
相似度=simil 差异=differ,discrepan,gap 差距=gap,differ 变化=chang,vari,shift 趋势=trend
增长=grow,increas 发展=develop,advanc,progress,evol 进展=progress,advanc 未来=future 潜力=potential
能力=abilit,capab,capac 贡献=contribut 启发=inspir,insight,motivat 见解=insight 指导=guid
方向=direct 条件=condition 输入=input 输出=output 映射=map 匹配=match 对齐=align 插值=interpolat
补全=complet,inpaint 修复=restor,repair,inpaint,fix 编辑=edit
转换=convert,transform,conver,translat 变换=transform 合成=synth,compos 模拟=simul,emulat
仿真=simul 真实=real,true,actual,authentic 现实=real,practic 真实世界=real,world 世界=world
虚拟=virtual 自然=natural 合理=reason,plausib 实际=practic,real,actual,wall 实用=practic
公开=public,open,releas,avail 开源=open,source,public,releas 代码=code 基准=benchmark,baselin
基线=baselin 指标=metric,indicator,measur,index,criteri 评价=evaluat,assess,metric 评分=scor,rat
消融=ablat 额外=additional,extra,further,external 无需=without,free,no,need,require
不需要=without,free,no,not,require 无法=cannot,unable,fail,not,lack 不能=cannot,unable,fail,not
需要=need,requir,demand,necess,tak 要求=requir,demand 仅=only,just,mere 只=only,just,sole
仍=still,remain,yet,continu,continu 仍然=still,remain,yet,continu 依然=still,remain
保持=maintain,preserv,keep,retain,remain,while 保留=retain,preserv,keep,maintain,keeping
维持=maintain,sustain,keep 丢失=los,miss 忽略=ignor,neglect,overlook,omit
忽视=ignor,neglect,overlook 捕捉=captur 捕获=captur 提取=extract 聚合=aggregat
选择=select,choos,chos,choice 过滤=filter 滤波=filter 滤波器=filter 更新=updat
调整=adjust,adapt,tun,modif 修改=modif,chang,alter 修正=correct,revis,fix 校正=correct,calibrat
替换=replac,substitut 扩展=extend,expan,extens,scal 面临=face,encounter,challeng,suffer
存在=exist,there,suffer,remain,face,contain,has,have 导致=lead,caus,result,due,induc
造成=caus,lead,result 带来=bring,yield,lead,caus,introduc,impos,provid,giv,incur,account,pos
产生=produc,generat,yield,caus,incur 引起=caus,induc 容易=easi,prone,vulnerab,eas,tend
倾向=tend,bias,prefer 敏感=sensitiv 平均=average,mean 总=total,overall 最高=high,max,up,best
最低=low,min 最多=most,up,max 至少=least 超=super,over,exceed 高=high 低=low 大=larg,big,great
小=small,tin,little 长=long,length 短=short 强=strong,power,strength 弱=weak 新=new,novel,innov
新颖=novel,new 首次=first 首个=first 少=few,less,small 多=many,multi,more,sever 好=good,better,well
差=poor,wors,bad,differ 增益=gain 收益=gain,benefit 区域=region,area,zon 边缘=edg,boundar
边界=boundar,border 背景=background 前景=foreground,prospect,promis 颜色=color,colour 风格=styl
身份=identit 情感=emotion,sentiment 表情=express 唇部=lip 头部=head 城市=cit,urban 户外=outdoor
室内=indoor 天气=weather 遥感=remote,sens,satellit 地图=map 道路=road 车辆=vehicl,car
行人=pedestrian 交通=traffic,transport 金融=financ 市场=market 商品=product,item,good
电商=commerc,e 能量=energ 物理=physic 化学=chemi 生物=bio 分子=molecul 材料=material 基因=gen
蛋白=protein 大脑=brain 脑=brain 心脏=cardiac,heart 肺=lung 细胞=cell 图=graph,figur,image 节点=nod
群体=popul,group 硬件=hardware 软件=software 设备=devic,equip 芯片=chip 服务器=server 客户端=client
分布式=distribut 去中心化=decentral 集中式=central 中心化=central 部署=deploy 训练数据=train,data
测试集=test 验证集=valid 跨=cross,across,between 之间=between,among,across 内部=inter,within,inside
外部=extern,outsid 长期=long 短期=short 早期=early 在线=online,on 离线=offline,off 端到端=end
零样本=zero,shot 少样本=few,shot 大部分=most,major 大多=most,many,typical
通常=usual,typic,often,general,common 往往=often,tend,usual,typic 经常=often,frequent
几乎=almost,near 完全=complet,fully,entire,full 直接=direct 间接=indirect 独立=independ
逐步=gradual,step,progress,increment 逐渐=gradual,progress,increas 渐进=progress,gradual
始终=always,consistent,constant 一直=always,consistent,long 不断=continu,constant,increas
充分=full,sufficien,suffic 严重=sever,serious,signific,heav 良好=good,well
出色=excel,remark,outstand,strong,success,impress 优异=excel,superior,outstand,strong,remark
优秀=excel,good,strong 强大=power,strong 有限=limit,finit,scarc 丰富=rich,abund,divers
不同程度=degre,level,vari 程度=degre,level,extent 水平=level,horizontal 层次=hierarch,level,layer
分层=hierarch,layer,strat 层级=hierarch,level 范围=rang,scope 数量=number,amount,quantit,count
比例=ratio,proport,percent,share 长度=length 尺度=scal 多尺度=multi,scal 位置=position,locat
序列=sequen 顺序=order,sequen 事件=event 动机=motiv 直觉=intuit 思路=idea,approach
经验=empiric,experien 实证=empiric 优先=prior 适当=appropriat,proper 精细=fine,detail
细粒度=fine,grain 细节=detail 粗=coarse 平滑=smooth 均衡=balanc 不均衡=imbalanc,unbalanc
平衡=balanc,trade 权衡=trade,balanc 折中=trade 近似=approximat 激活=activat 神经元=neuron
组合=combin,compos 市值=capitali 任意=arbitrar,any 表现=perform,behav,exhibit,show 性质=propert
属性=attribut,propert 特性=propert,characterist,featur 成功=success 满足=satisf,meet,met
组成=compos,consist 包括=includ,compris,consist,such 包含=contain,includ,consist
涵盖=cover,span,includ,encompass 覆盖=cover,span,encompass 涉及=involv,concern
关注=focus,attention,concern,concentrat 专注=focus 针对=target,for,address,specif,aim,toward
面向=for,toward,target 旨在=aim,to,design,goal,seek 考虑=consider,account,regard
重点=focus,emphas,main 强调=emphasi,highlight,underscor 说明=explain,illustrat,show,demonstrat
理想=ideal 干预=interven 线索=cue,clue 记忆=memor 冻结=froz,freez 博弈=game 技能=skill 遗憾=regret
语料=corpus,corpora 语料库=corpus,corpora 交叉=cross 单独=separat,alone,individual,isolat
各自=separat,own,respect,individual 分别=respect,separat,each 类型=type,kind,categor
组件=component,modul,part 幻觉=hallucinat 事实=fact 偏好=prefer 毒性=toxic 公平=fair 公平性=fair
伦理=ethic 社会=soci 教育=educat,school 学生=student 教师=teacher 游戏=game 网页=web,page
编程=program,cod 程序=program,code 规则=rule 逻辑=logic 符号=symbol 图谱=graph,atlas 查询=quer
数据库=database 表格=table,tabular 排序=rank,sort,order 聚类=cluster 回归=regress
异常=anomal,abnormal,outlier 缺失=miss,lack,absen 数据增强=augment 噪音=nois 先验=prior
后验=posterior 贝叶斯=bayes 高斯=gauss 核=kernel,nuclear 低秩=low,rank 正则化=regulari
归一化=normali 初始化=initiali 批量=batch 超参数=hyperparam 上界=upper,bound 下界=lower,bound
保证=guarante,ensur 确保=ensur,guarante 最小化=minimi 最大化=maximi 密度=densit
强度=strength,intensit 对比度=contrast 亮度=bright,luminan 曝光=expos 模糊=blur,fuzz,ambigu
去模糊=deblur 超分辨率=super,resol 伪影=artifact,artefact 扫描=scan 磁共振=mri,magnet,mr
断层=tomogra,ct 超声=ultras 病理=patholog 视网膜=retin 血管=vessel,vascul 器官=organ
组织=tissue,organi 解剖=anatom 配准=registr,align 网格=mesh,grid 点云=point,cloud 体素=voxel
曲面=surface 表面=surfac 曲线=curv 变形=deform,warp 动画=animat 相机=camera 镜头=lens,shot
传感器=sensor 雷达=radar,lidar 光流=flow,optical 光线=ray,light 阴影=shadow,shad 反射=reflect
折射=refract 透明=transparen 透明度=transparen 粒子=particle 流体=fluid 手势=gestur 身体=body,bod
人体=human,body 说话=talk,speak,speech,spoken 韵律=prosod 音素=phonem 音高=pitch 音色=timbr
混响=reverb 声学=acoust 声源=sourc,sound 麦克风=microphon 分离=separat,disentangl
关键词=keyword,key 转录=transcri 并行=parallel 串行=serial,sequential 异步=asynchron 同步=synchron
通信=communicat 传输=transmi,transfer 带宽=bandwidth 协议=protocol 加密=encrypt,crypto
区块链=blockchain 可用性=availab,usab 机密=confidential 入侵=intru 恶意=malic 投毒=poison
后门=backdoor 水印=watermark 审计=audit 法律=legal,law 政策=polic 经济=econom 价格=pric
需求=demand,need,requir 能源=energ 农业=agricultur,crop,farm 卫星=satellit 地理=geogra
工程=engineer 制造=manufactur 工业=industr 缺陷=defect,flaw 故障=fault,fail 失败=fail
成功率=success 收集=collect,gather 采集=collect,acquir,acquisit,record 记录=record,log
发布=releas,publish 提交=submi 竞赛=competit,challeng,contest 挑战赛=challeng 排行榜=leaderboard
参与=particip,involv,engag 参与者=participant,subject 调查=survey,investigat,questionnair
访谈=interview 问卷=questionnair,survey 主观=subjectiv 客观=objectiv 定量=quantitativ
定性=qualitativ 可视化=visuali 界面=interfac 设置=setting,set,configur 配置=configur,setting
版本=version 变体=variant,version 变种=variant 扰动=perturb 随机=random,stochastic 确定性=determin
不确定性=uncertain 不确定=uncertain 置信度=confiden 阈值=threshold 敏感性=sensitiv 特异性=specific
召回率=recall 查全率=recall 混淆=confus,confound 因果=caus 反事实=counterfact 时序=tempor,time
时间序列=time,series 长尾=long,tail 类不平衡=imbalanc 开放=open 封闭=clos 域=domain
跨域=cross,domain 域适应=domain,adapt 元学习=meta 持续学习=continual,lifelong 遗忘=forget
灾难性=catastroph 课程=curricul 专家混合=mixtur,expert,moe 路由=rout 门控=gat 残差=residual
跳跃连接=skip 池化=pool 上采样=upsampl 下采样=downsampl 金字塔=pyramid 主干=backbone 骨干=backbone
令牌=token 词元=token 键值=key,value,kv 窗口=window 提示词=prompt 思维链=chain,cot,thought
推测=speculat 草稿=draft 奖励模型=reward 价值=valu 智能=intellig,smart 自主=autonom
协作=collaborat,cooperat 人机=human 双向=bidirection,bi 单向=unidirection 循环=recurr,loop,cycl
递归=recurs,recurr 线性=linear 非线性=nonlinear,non 二次=quadrat,second 指数=exponent,index
对数=log 凸=convex 非凸=nonconvex,non 离散=discret 连续=continu 可微=differentiabl
可微分=differentiabl 显式=explicit 隐式=implicit 潜在=latent,potential 潜空间=latent 隐空间=latent
流形=manifold 拓扑=topolog 对称=symmetr 等变=equivarian 不变=invarian 不变性=invarian 几种=sever
若干=sever 一系列=series,rang,sever,array 一组=set,group 一类=class,type 其余=rest,remain,other
其他=other 另一=another,other 另一种=another,alternativ 替代=alternativ,replac,substitut
相反=contrast,convers,opposit,contrary,instead 而非=rather,instead,not 而不是=rather,instead,not
即使=even 尽管=although,despite,though,while 虽然=although,while,though,despite
由于=due,because,since,owing 因为=because,since,due 只要=long,only 只需=only,just,requir 只有=only
除了=besides,except,addition,beyond 根据=accord,bas,depend 取决于=depend 按=by,accord 沿=along
围绕=around,center,centr,focus 以及=and 作为=as,serv 视为=view,regard,treat,consider,as,frame
看作=view,regard,treat,as 称为=call,nam,term,dub 名为=call,nam,term,dub 定义=defin,definit
刻画=characteri,captur,describ 反映=reflect 衡量=measur,quantif,assess 度量=metric,measur
量化分析=quantif 跨越=span,across,cross 突破=break,overcome 填补=fill,bridg
弥补=bridg,compensat,fill,address 促进=promot,facilitat,foster,encourag
推动=driv,advanc,promot,push,spur 激励=incentiv,motivat,encourag 鼓励=encourag
抑制=suppress,inhibit,mitigat 阻碍=hinder,imped,obstruct,limit 妨碍=hinder,imped 威胁=threat
损害=harm,compromis,degrad,damag 破坏=damag,destroy,break,disrupt,destruct
退化=degrad,degenerat,deteriorat 恶化=worsen,deteriorat,degrad 质疑=question,challeng,doubt
争议=controvers,debat 共识=consensus 意义=meaning,signific,implicat 必要=necess,need,essential
可行=feasib,viab 可行性=feasib,viab 潜能=potential 有望=promis,potential,hop 有前景=promis
有竞争力=competitiv 受到=receiv,gain,attract,suffer,subject 引发=spur,trigger,caus,rais
吸引=attract 注意=attention,not 重新=re,again 再次=again,re 反复=repeat,iterat
同样=also,same,similar,equal,likewis 类似=simil,like,analog 等价=equivalen 相应=correspond
对应=correspond 匹配度=match 冲突=conflict 矛盾=contradict,conflict 一部分=part
大约=about,approximat,around,roughly 近=near,close,nearly 接近=close,near,approach,approximat
远远=far,much,signific 轻微=slight,minor,mild 极=extrem,very 极大=great,signific,huge,vast
极其=extrem,highly 特别=particular,especial,special 尤其=especial,particular,notab 甚至=even
常=often,usual,common,frequent 难=hard,difficult,challeng 易=eas,prone,readi 简洁=concis,simpl
清晰=clear,sharp 明确=explicit,clear 模棱两可=ambigu 详细=detail
全面=comprehens,holist,full,thorough,extensiv 系统地=systematic 深入=depth,thorough,deep
初步=preliminar,initial 严格=strict,rigor,rigid,hard 宽松=relax,loos 灵敏=sensitiv
精准=precis,accura 逼真=realis,photorealis,lifelike 真实感=realis,photorealis 高质量=high,qualit
高保真=high,fidelit 保真度=fidelit 高精度=high,precis,accura 高维=high,dimension 低维=low,dimension
低成本=low,cost 低资源=low,resourc 低功耗=low,power 低延迟=low,latenc 长距离=long,rang,distan
距离=distan 远程=remot,long 数值=numer,valu 实例=instanc,exampl,case 案例=case,exampl
例子=exampl,instanc 示例=exampl,demonstrat,shot 演示=demonstrat,demo 文献=literatur,paper,work
作者=author 读者=reader 听众=listen,audien 观众=audien,view 个体=individual 个性化=personal
用户研究=user,stud 体验=experienc 满意度=satisf 信任=trust 可信=trust,credib,reliab 责任=responsib
国家=nation,countr 地区=region,area 语种=language 方言=dialect 英语=english 中文=chinese,mandarin
汉语=chinese,mandarin 日语=japanese 多语言=multilingu,language,lingu 跨语言=cross,lingu 文化=cultur
历史=histor 新闻=news 社交=social 媒体=media 评论=review,comment 虚假=fake,false,mis 仇恨=hate
情绪=emotion,sentiment,mood 故事=stor,narrativ 对白=dialog 角色=role,character 辐射=radian,radiat
散射=scatter 高斯泼溅=gauss,splat 泼溅=splat 新视角合成=novel,view 新视角=novel,view 稀疏视角=spars
骨架=skelet 关节=joint 抓取=grasp 触觉=tactil,touch,haptic 速率=rate,speed 频段=band,frequenc
相位=phas 幅度=magnitud,amplitud 谐波=harmon 小波=wavelet 傅里叶=fourier 稀疏性=spars
冗余性=redundan 所有=all,every,entire,each,any 任何=any,arbitrar,free,without,no
许多=many,numer,sever 一些=some,sever 某些=some,certain 工作=work,stud,operat 建模=model
情形=case,situation,scenario 成果=achiev,result 持续=continu,persist,sustain,ongoing,consistent
优越=superior 优越性=superior 获取=acqui,obtain,get,access,captur 结论=conclu,finding 状态=stat
部件=part,component 机器=machin 科学=scien 原始=original,raw 引导=guid,lead,steer
恢复=recover,restor 推进=advanc,push 来自=from 概念=concept,notion 作用=role,effect,function
保护=protect,preserv 混合=mix,hybrid,blend 创建=creat,build,establish 仓库=repositor 现象=phenomen
形成=form 参考=referenc 忘记=forget 原型=prototyp 模式=mode,pattern
完成=complet,perform,accomplish,finish 实践=practic 出现=appear,occur,emerg,aris
标记=mark,label,token,tag 突出=highlight,prominen,outstand,emphasi 旋转=rotat 实施=implement,carr
照明=illuminat,light 阅读=read 驱动=driv 特点=characterist,featur,trait,nature 行业=industr
支撑=support 专业=profession,expert,special 元素=element 布局=layout 体现=reflect,embod,show
尝试=attempt,try,tri 分解=decompos 帮助=help,assist,aid 单位=unit 执行=execut,perform,carr,run
规范=norm,standard,regulat 形式=form,format 平移=translat,shift 发挥=play 投影=project
转化=transform,convert,translat 操控=manipulat,control 确定=determin,identif,decid,establish
讨论=discuss 解耦=decoupl,disentangl 完善=improv,refin,complet 网站=site,web 自身=self,own,itself
意识=aware,conscious 反馈=feedback 过拟合=overfit 消耗=consum,consumption,us,drain
补充=complement,supplement 建议=suggest,recommend,propos,advis 转移=transfer,shift,transit
无关=agnostic,irrelevan,independ,unrelat,invarian 兴趣=interest 生活=life,liv,daily 简化=simplif
团队=team,group 分支=branch 无缝=seamless 稳健=robust 稳健性=robust 体积=volum,size 竞争=compet
聚焦=focus 解释=explain,explanat,interpret,account 联系=connect,relat,link,associat,tie
原理=princip 插入=insert 创造=creat 掩码=mask 表述=formulat,express,stat 已知=known
固定=fix,frozen,constant 碰撞=collis,collid 平面=plane,planar 角度=angle,perspectiv,view
代理=agent,proxy,surrogat 占用=occup,us,consum,footprint 相互=mutual,each,inter 名称=name
人员=staff,personnel,people,person 电子=electron 保障=ensur,guarante,secur 资料=data,material
接受=accept,receiv 失真=distort 摆脱=escap,free,rid 分配=alloc,assign,distribut
运行=run,operat,execut 集合=set,collection 细化=refin 来源=source,origin 数字=digit,number
构成=consist,compos,form,compris 关联=associat,correlat,relat,connect,link
综合=comprehens,synth,combin,integrat,overall 化身=avatar 独特=uniqu,distinct 补丁=patch
确认=confirm,verif 主题=topic,theme,subject 重叠=overlap 观察=observ 辅助=auxiliar,assist,aid,help
滑动=slid 光源=light,illumin 方程=equation 求解=solv,solution 兼容=compatib
失效=fail,invalid,break,ineffectiv 设定=setting,set 拍摄=captur,shot,tak,film,photo
越来越=increas,more,grow 日益=increas,grow 拼接=concatenat,stitch,splic 引用=cit,refer
体系=system,framework 详尽=exhaust,detail,thorough 累积=accumulat,cumulat 添加=add,append
维护=maint 访问=access,visit 社区=communit 调制=modulat 语境=context 特殊=special,specif,particular
改变=chang,alter,modif,shift 复用=reus 重用=reus 扩充=augment,expan,extend,enlarg
连贯=coheren,consist 公式=formula,equation 机械=mechan 适配=adapt,fit
证实=confirm,verif,prov,validat 瓶颈=bottleneck 抽取=extract 模板=templat 刺激=stimul 话题=topic
未知=unknown,unseen 激发=stimulat,inspir,trigger 拓展=expan,extend,extens,broad 运用=us,appl,employ
降噪=denois,noise 达成=achiev,reach 途径=way,path,approach,avenue 注入=inject 品牌=brand
录制=record 读数=reading 常见=common,frequent,typical,popular 做法=practic,approach,way
预定=predefin,predetermin 预先=advance,prior,pre 微观=micro 宏观=macro 代表性=representativ
代表=represent 找出=find,identif,locat,discover 略微=slight,little 测量=measur 响应=respon
回答=answer,respon 询问=ask,quer 猜测=guess,speculat 内容=content 主体=subject,main,body
可见=visibl,seen 不可见=invisible,unseen,hidden 未见=unseen 隐藏=hidden,hid,conceal 黑箱=black,box
白箱=white,box 普通=common,ordinar,commodit,regular,normal 意外=unexpect,surpris,accident
个别=individual,certain 个人=individual,person,user 单=single,mono 双=dual,two,bi,double,both,pair
两=two,both,dual 一对=pair 成对=pair 配对=pair,match 三=three,tri 四=four 多数=major,most
少数=few,minor,handful 半数=half 较少=few,less,rare 罕见=rare,uncommon 稀有=rare 频繁=frequent
成熟=matur,well,establish 易于=eas,readi 便于=facilitat,eas,convenien
有助于=help,facilitat,aid,contribut,benefit 有利于=benefit,help,facilitat,favor
成为=becom,mak,emerg 变得=becom,get,grow 归因=attribut,due 源于=stem,due,aris,from,origin,caus
起源=origin 影响力=influen,impact 干扰=interfer,disturb,disrupt 抵抗=resist,against
抵御=resist,defend,against 攻击者=attack,adversar 受害=victim 泄露=leak,expos,disclos,extract
查明=identif,find 判断=judg,determin,decid,assess 判定=determin,decid,classif
筛选=filter,select,screen 挑选=select,choos,pick 抽样=sampl 划分=partition,split,divid,division
拆分=split,decompos 切分=split,segment,divid 合理性=plausib,rational 直观=intuit,visual
普遍=general,widespread,common,univers,prevalen 普及=widespread,popular,adopt
盛行=prevalen,popular,dominat 流行=popular,prevail,common 占=account,constitut,occup,mak
达=up,reach,attain 约=about,approximat,around,roughly 左右=about,around,approximat,left
以上=over,more,above,least 以下=below,under,less,follow 以内=within 之外=beyond,outside
之前=before,prior 之后=after,follow 期间=during,period,while 期=period,phase 周期=period,cycl
时长=duration,length,hour,time 持续时间=duration 瞬时=instant,transien 即时=instant,immediat,real
及时=time,prompt 迅速=rapid,quick,fast 高速=fast,high,speed 便宜=cheap,inexpens
廉价=cheap,low,inexpens 企业=enterpris,compan,business 公司=compan,firm 机构=institut,organi
学术=academ,research 学界=academ,communit 科研=research,scien 学者=scholar,researcher
研究者=researcher,stud 研究人员=researcher 工程师=engineer 开发者=develop 开发人员=develop
使用者=user 标注者=annotator 评审=review 教学=teach,educat 医生=doctor,physician,clinician
医院=hospital,clinic 药物=drug 治疗=treat,therap 症状=symptom 手段=mean,tool,way,method
措施=measur,action 基础设施=infrastructur 生态=ecolog,ecosystem 生态系统=ecosystem
声明=stat,claim,declar 主张=claim,argu,advocat 观点=view,opinion,perspectiv
推论=infer,corollar,deduc 定理=theorem 定律=law 等式=equal,equation 不等式=inequal 系数=coefficient
变量=variab 常数=constant 整数=integer 维=dimension 阶=order,rank 级=level,grade,scale 点=point
一体=unif,integrat,one 通路=path 通道=channel 管道=pipelin 端=end,terminal,side 前端=front
后端=back 移动=mobil,mov 手机=phone,mobile,smartphone 可穿戴=wearab 屏幕=screen 下载=download
客户=customer,client 零售=retail 时尚=fashion 比赛=match,game,contest,competit 玩家=player
对手=opponent,rival,adversar 合作=collaborat,cooperat,partner 伙伴=partner
家用=home,household,domestic 学校=school 城镇=town 洪水=flood 灾害=disaster,hazard
紧急=emergen,urgen 救援=rescu 警报=alarm,alert,warn 预警=warn,alert,early 监测=monitor
监控=monitor,surveil 巡检=inspect 检查=check,inspect,examin 检验=test,verif,inspect
校验=verif,valid,check 标定=calibrat 对照=control,contrast,compar 参照=referenc
"""

_PAIRS = (entry.partition("=") for entry in _ENTRIES.split())
GLOSSARY = {chinese: tuple(english.split(",")) for chinese, _, english in _PAIRS}
_LONGEST = max(map(len, GLOSSARY))
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def same_words(text: str, said: Collection[str]) -> Iterator[tuple[int, int]]:
    """Give the places of a Chinese text whose words stand, in English, among those that are said.

    Of the words that begin at a place the longest one is read.
    """
    for run in _CHINESE.finditer(text):
        start = run.start()
        while start < run.end():
            ends = range(min(start + _LONGEST, run.end()), start, -1)
            known = [end for end in ends if text[start:end] in GLOSSARY]
            same = next((end for end in known if _is_said(GLOSSARY[text[start:end]], said)), 0)
            if same:
                yield start, same
            start = same or next(iter(known), start + 1)


def _is_said(english: tuple[str, ...], said: Collection[str]) -> bool:
    return any(word.startswith(english) for word in said)
